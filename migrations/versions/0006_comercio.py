"""Marketplace."""

revision = "0006_comercio"
down_revision = "0005_envios"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
