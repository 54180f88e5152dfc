"""Money of shipments: postage held and settled, what operators owe, and what the ledger says of a matter."""

from pathlib import Path

from alembic import op

revision = "0074_portes"
down_revision = "0073_despachos"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_portes", "02_deudas", "03_vidas", "04_plazos"):
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    op.execute("DELETE FROM nucleo_plazo WHERE codigo IN ('envios.excedente', 'envios.deuda')")
    op.execute("DROP TABLE envios_deuda_pago, envios_deuda, envios_excedente, envios_porte")
    for funcion in ("envios_deuda_pago", "envios_deuda"):
        op.execute(f"DROP FUNCTION {funcion}_guarda()")
    for funcion in ("envios_excedente", "envios_porte"):
        op.execute(f"DROP FUNCTION {funcion}_como_el_libro()")
    op.execute("DROP FUNCTION pagos_de_asunto(text, uuid), registro_parte_es_tercera(uuid)")
