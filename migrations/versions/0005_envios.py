"""Shipments."""

revision = "0005_envios"
down_revision = "0004_pagos"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
