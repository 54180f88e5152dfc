"""The registry of economic units."""

revision = "0003_registro"
down_revision = "0002_ciudadania"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
