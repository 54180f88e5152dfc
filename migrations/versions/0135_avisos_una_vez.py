"""Alerts: what somebody was told, so that two alerts of theirs do not tell the same on one day."""

from alembic import op

revision = "0135_avisos_una_vez"
down_revision = "0134_referencia_sin_vacaciones"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE alertas_coincidencia ADD COLUMN dicho text")
    op.execute(
        "CREATE INDEX ix_alertas_coincidencia_dicha ON alertas_coincidencia (alerta_id, enviada_en)"
        " WHERE dicho IS NOT NULL"
    )
    op.execute("GRANT UPDATE (dicho) ON alertas_coincidencia TO qhatu_aplicacion")


def downgrade() -> None:
    op.execute("ALTER TABLE alertas_coincidencia DROP COLUMN dicho")
