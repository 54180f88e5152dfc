"""The ledger."""

revision = "0004_pagos"
down_revision = "0003_registro"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
