"""Purchases by card and QR: who gave one up, and when; what is paid of it after that buys nothing."""

from alembic import op

revision = "0230_dejadas"
down_revision = "0229_condiciones"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        ALTER TABLE comercio_compra_por_pagar ADD dejada_en timestamptz;
        GRANT UPDATE (dejada_en) ON comercio_compra_por_pagar TO qhatu_aplicacion;
        UPDATE comercio_compra_por_pagar f SET dejada_en = x.ocurrio_en
        FROM (SELECT p.compra_id, min(s.ocurrio_en) AS ocurrio_en
              FROM comercio_pedido p JOIN comercio_pedido_paso s ON s.pedido_id = p.id
              WHERE s.estado = 'no_pagado' AND s.detalle = 'Usted la dejó.' GROUP BY 1) x
        WHERE x.compra_id = f.compra_id AND f.pagada_en IS NULL AND f.estado IN ('soltada', 'cerrada');
        ALTER TABLE comercio_compra_por_pagar ADD CONSTRAINT ck_comercio_compra_por_pagar_dejada CHECK (
            dejada_en IS NULL OR pagada_en IS NULL AND estado IN ('soltada', 'cerrada'));
        """
    )


def downgrade() -> None:
    op.execute("ALTER TABLE comercio_compra_por_pagar DROP dejada_en")
