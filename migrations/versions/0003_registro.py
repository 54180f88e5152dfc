"""The registry: units, entries, mandates, qualities, reference tables, and the triggers that guard them."""

import csv
import hashlib
import io
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0003_registro"
down_revision = "0002_ciudadania"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
TEXTOS = ("01_tablas", "02_busqueda", "03_asientos", "04_guardias")
# Table, file, SHA-256 of the file, date from which its rows hold.
DATOS = (
    (
        "departamento",
        "departamentos.csv",
        "efe38733b587c79e533d5a6f82e3ae0c244b4f6df708b660859f8d2aa09a2596",
        date(2019, 1, 1),
    ),
    (
        "provincia",
        "provincias.csv",
        "df83c8736156b6891abe57bbd37f51751d1d99fe5889ccca1db7e0b6622aa5d2",
        date(2019, 1, 1),
    ),
    (
        "municipio",
        "municipios.csv",
        "e3ef8a26b55645436e2b0eb5a383e1c47e33cd768c9af07ae905eaaa7d1f0cc6",
        date(2019, 1, 1),
    ),
    (
        "actividad",
        "actividades.csv",
        "8b2e044377b3cd59e8b37ff8cf9a2b8efa6c165fca6b91f3af47bfef61700da0",
        date(2008, 8, 11),
    ),
    (
        "forma_legal",
        "formas_legales.csv",
        "ec700008a9e2d0b4644a970671565d606966c34b48ab4f8f160293ebf0b6acf5",
        date(2023, 1, 1),
    ),
)

TABLAS = (
    "departamento provincia municipio actividad forma_legal unidad asiento cambio identificador "
    "unidad_actividad mandato habilitacion busqueda"
).split()


def upgrade() -> None:
    for texto in TEXTOS:
        # As it is: no parameters, so that a percent sign in a function stays one.
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )
    for tabla, archivo, huella, vigente_desde in DATOS:
        _cargar(tabla, archivo, huella, vigente_desde)


def downgrade() -> None:
    for tabla in reversed(TABLAS):
        op.drop_table(f"registro_{tabla}")
    for funcion in ("numerar", "guardar_unidad", "guardar_mandato", "indexar"):
        op.execute(f"DROP FUNCTION registro_{funcion}()")
    op.execute("DROP TEXT SEARCH CONFIGURATION registro_es")
    op.execute("DROP SEQUENCE registro_serie")


def _cargar(tabla: str, archivo: str, huella: str, vigente_desde: date) -> None:
    """Insert one reference table; an empty cell is NULL, `tipos` is a list separated by spaces."""
    contenido = (SQL / archivo).read_bytes()
    if hashlib.sha256(contenido).hexdigest() != huella:
        raise ValueError(f"{archivo} no es el que esta migración cargó siempre")
    lector = csv.DictReader(io.StringIO(contenido.decode(), newline=""))
    filas = [_fila(cruda, vigente_desde) for cruda in lector]
    columnas = [sa.column(c, sa.ARRAY(sa.Text()) if c == "tipos" else None) for c in filas[0]]
    op.bulk_insert(sa.table(f"registro_{tabla}", *columnas), filas)


def _fila(cruda: dict[str, str], vigente_desde: date) -> dict[str, object]:
    fila: dict[str, object] = {c: v or None for c, v in cruda.items()}
    if "tipos" in fila:
        fila |= {"tipos": cruda["tipos"].split(), "orden": int(cruda["orden"])}
    return {**fila, "vigente_desde": vigente_desde}
