"""A batch says in which dialect its file was read."""

from alembic import op

revision = "0049_dialecto_de_planilla"
down_revision = "0048_asuntos"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE pagos_planilla ADD COLUMN dialecto JSONB")


def downgrade() -> None:
    op.execute("ALTER TABLE pagos_planilla DROP COLUMN dialecto")
