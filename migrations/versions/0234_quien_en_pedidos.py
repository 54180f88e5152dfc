"""Orders: which side took each step, and cancelled each part."""

from alembic import op

revision = "0234_quien_en_pedidos"
down_revision = "0233_historia"
branch_labels = None
depends_on = None

TABLAS = ("comercio_pedido_paso", "comercio_pedido_cancelacion")


def upgrade() -> None:
    for tabla in TABLAS:
        op.execute(
            f"ALTER TABLE {tabla} ADD quien varchar(10), ADD CONSTRAINT ck_{tabla}_quien"
            " CHECK (quien IN ('comprador', 'vendedor', 'correo', 'autoridad', 'plataforma'))"
        )


def downgrade() -> None:
    for tabla in TABLAS:
        op.execute(f"ALTER TABLE {tabla} DROP quien")
