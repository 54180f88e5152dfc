"""Reverse fair: a flag is answered by the entity of its process, one version after another."""

from pathlib import Path

from alembic import op

revision = "0263_quien_responde_una_bandera"
down_revision = "0262_nombres_de_proveedores"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_respuesta.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute(
        "DROP TRIGGER feria_bandera_responde ON feria_bandera_respuesta; DROP FUNCTION feria_bandera_responde()"
    )
