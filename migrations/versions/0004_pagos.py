"""The ledger: accounts, immutable transfers, pending ones, limits, and the functions that are its door."""

from pathlib import Path

from alembic import op

revision = "0004_pagos"
down_revision = "0003_registro"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
TEXTOS = (
    "01_tablas",
    "02_inmutable",
    "03_limites",
    "04_expreso",
    "05_transferir",
    "06_vencer",
    "07_historia",
)


def upgrade() -> None:
    for texto in TEXTOS:
        # As it is: no parameters, so that a percent sign in a function stays one.
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    for funcion in (
        "pagos_saldo_en(bigint, timestamptz)",
        "pagos_numero_en(bigint, timestamptz)",
        "pagos_ultimo_hasta",
        "pagos_vencer",
        "pagos_transferir",
        "pagos_guardar_cuentas",
        "pagos_devolver_uso",
        "pagos_juzgar_repetida",
        "pagos_expreso",
        "pagos_existe",
        "pagos_va_rapido",
        "pagos_nuevo_dia",
        "pagos_limites_en",
    ):
        op.execute(f"DROP FUNCTION IF EXISTS {funcion}")  # pagos_va_rapido comes with 0014
    for tabla in ("limite", "pendiente", "transferencia", "cuenta"):
        op.drop_table(f"pagos_{tabla}")
    op.execute("DROP TYPE pagos_limites")
    op.execute("DROP FUNCTION pagos_inmutable")
    op.execute("DROP FUNCTION pagos_cuenta_abrir")
