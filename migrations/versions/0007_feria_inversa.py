"""Reverse fair."""

revision = "0007_feria_inversa"
down_revision = "0006_comercio"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
