"""Rates of postal operators by dated versions, and quotes that cite them."""

from pathlib import Path

from alembic import op

revision = "0058_tarifas"
down_revision = "0057_partes"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    for texto in ("01_tablas", "02_guardas", "03_vida"):
        # As it is: no parameters, so that a percent sign in a function stays one.
        op.get_bind().exec_driver_sql(
            (SQL / f"{texto}.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
        )


def downgrade() -> None:
    op.execute("DROP TABLE envios_cotizacion, envios_tarifario_banda, envios_tarifario_ruta")
    op.execute("DROP TABLE envios_tarifario_lugar, envios_tarifario_servicio, envios_tarifario CASCADE")
    op.execute("DROP FUNCTION envios_cotizacion_nace(), envios_tarifario_en_borrador()")
    op.execute("DROP FUNCTION envios_tarifario_guarda(), envios_tarifario_faltas(UUID)")
