"""The calendar as dated rows with their norms, and the terms, those of the market among them."""

import csv
import uuid
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0022_calendario"
down_revision = "0021_buzon"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
ESPACIO = uuid.UUID("5b0c9a52-8e0b-5a86-9c5b-1f6f2a1f0c77")
COLUMNAS = "fecha lugar laborable nombre norma confirmado trasladado_de".split()


def upgrade() -> None:
    _ejecutar("01_tablas")
    _ejecutar("02_plazos")
    _sembrar()
    _ejecutar("03_guardias")


def _ejecutar(texto: str) -> None:
    sql = (SQL / f"{texto}.sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql, execution_options={"no_parameters": True})


def _sembrar() -> None:
    """The days, in the order in which they were known: `rige_desde` never goes back."""
    with (SQL / "feriados.csv").open(encoding="utf-8", newline="") as archivo:
        filas = list(csv.DictReader(archivo))
    desde = [datetime.fromisoformat(f["rige_desde"]).replace(tzinfo=ZoneInfo("America/La_Paz")) for f in filas]
    assert desde == sorted(desde)
    op.get_bind().execute(
        sa.text(
            "INSERT INTO nucleo_feriado (id, numero, rige_desde, creado_en, fecha, lugar, laborable, nombre, norma, "
            "confirmado, trasladado_de) VALUES (:id, :numero, :rige_desde, :rige_desde, :fecha, :lugar, :laborable, "
            ":nombre, :norma, :confirmado, :trasladado_de)"
        ),
        [
            {
                **{columna: fila[columna] or None for columna in COLUMNAS},
                "id": uuid.uuid5(ESPACIO, f"feriado {numero} {fila['fecha']} {fila['lugar']}"),
                "numero": numero,
                "rige_desde": cuando,
            }
            for numero, (fila, cuando) in enumerate(zip(filas, desde, strict=True), start=1)
        ],
    )


def downgrade() -> None:
    """The terms of the market stay where they are now: nothing reads the table that they came from."""
    op.execute("DROP TABLE nucleo_feriado, nucleo_plazo")
    op.execute("DROP FUNCTION nucleo_feriado_guardia()")
