"""Shared kernel: clock, outbox, audit, idempotency, files."""

revision = "0001_nucleo"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
