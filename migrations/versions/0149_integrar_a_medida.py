"""Public log: a batch is planned for the log as it is, not as it was when the connection began.

A plan kept from when there were few leaves reads all of them for each one of a batch of ten thousand.
"""

from alembic import op

revision = "0149_integrar_a_medida"
down_revision = "0148_reloj_de_los_procesos"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER FUNCTION constancia_integrar(integer) SET plan_cache_mode = force_custom_plan")


def downgrade() -> None:
    op.execute("ALTER FUNCTION constancia_integrar(integer) RESET plan_cache_mode")
