"""The registry: units, entries, mandates, qualities, reference tables, and the triggers that guard them."""

import csv
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0003_registro"
down_revision = "0002_ciudadania"
branch_labels = None
depends_on = None

RAIZ = Path(__file__).resolve().parents[2]
SQL = RAIZ / "migrations" / "sql"
DATOS = RAIZ / "empresa_digital" / "registro" / "datos"

TABLAS = (
    "departamento provincia municipio actividad forma_legal unidad asiento cambio identificador "
    "unidad_actividad mandato habilitacion busqueda"
).split()


def upgrade() -> None:
    for archivo in sorted(SQL.glob("registro_*.sql")):
        # As it is: no parameters, so that a percent sign in a function stays one.
        op.get_bind().exec_driver_sql(
            archivo.read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )
    _cargar("departamento", "departamentos.csv", date(2019, 1, 1))
    _cargar("provincia", "provincias.csv", date(2019, 1, 1))
    _cargar("municipio", "municipios.csv", date(2019, 1, 1))
    _cargar("actividad", "actividades.csv", date(2008, 8, 11))
    _cargar("forma_legal", "formas_legales.csv", date(2023, 1, 1))


def downgrade() -> None:
    for tabla in reversed(TABLAS):
        op.drop_table(f"registro_{tabla}")
    for funcion in ("numerar", "guardar_unidad", "guardar_mandato", "indexar"):
        op.execute(f"DROP FUNCTION registro_{funcion}()")
    op.execute("DROP TEXT SEARCH CONFIGURATION registro_es")
    op.execute("DROP SEQUENCE registro_serie")


def _cargar(tabla: str, archivo: str, vigente_desde: date) -> None:
    """Insert one reference table; an empty cell is NULL, `tipos` is a list separated by spaces."""
    with (DATOS / archivo).open(encoding="utf-8", newline="") as lector:
        filas = [_fila(cruda, vigente_desde) for cruda in csv.DictReader(lector)]
    columnas = [sa.column(c, sa.ARRAY(sa.Text()) if c == "tipos" else None) for c in filas[0]]
    op.bulk_insert(sa.table(f"registro_{tabla}", *columnas), filas)


def _fila(cruda: dict[str, str], vigente_desde: date) -> dict[str, object]:
    fila: dict[str, object] = {c: v or None for c, v in cruda.items()}
    if "tipos" in fila:
        fila |= {"tipos": cruda["tipos"].split(), "orden": int(cruda["orden"])}
    return {**fila, "vigente_desde": vigente_desde}
