"""Shop: what was given up stays so; which parts of orders both sides took off."""

from alembic import op

revision = "0247_dejadas_y_de_acuerdo"
down_revision = "0246_historia_vista"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Of what was cancelled before nobody can say any more whether both sides wanted it.
    op.execute(
        """
        ALTER TABLE comercio_pedido_cancelacion ADD COLUMN de_acuerdo boolean NOT NULL DEFAULT false;
        CREATE TRIGGER comercio_compra_por_pagar_dejada_una_vez
            BEFORE UPDATE OF dejada_en ON comercio_compra_por_pagar FOR EACH ROW
            WHEN (OLD.dejada_en IS NOT NULL AND NEW.dejada_en IS DISTINCT FROM OLD.dejada_en)
            EXECUTE FUNCTION comercio_inmutable();
        """
    )


def downgrade() -> None:
    op.execute(
        """
        DROP TRIGGER comercio_compra_por_pagar_dejada_una_vez ON comercio_compra_por_pagar;
        ALTER TABLE comercio_pedido_cancelacion DROP COLUMN de_acuerdo;
        """
    )
