"""How the one who asks for money calls whom they ask: a name is shown only to who knew it."""

from alembic import op

revision = "0053_nombre_pedido"
down_revision = "0052_telefonos"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE pagos_solicitud ADD COLUMN pagador_nombre VARCHAR(200)")


def downgrade() -> None:
    op.execute("ALTER TABLE pagos_solicitud DROP COLUMN pagador_nombre")
