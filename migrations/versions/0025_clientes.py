"""Machine clients of units: the secret has an end and a former one beside it while a rotation overlaps."""

from pathlib import Path

from alembic import op

revision = "0025_clientes"
down_revision = "0024_cabeza_de_hoy"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision


def upgrade() -> None:
    op.get_bind().exec_driver_sql(
        (SQL / "01_clientes.sql").read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER ciudadania_cliente_guardia ON ciudadania_cliente")
    op.execute("DROP FUNCTION ciudadania_cliente_guardia()")
    op.execute(
        "ALTER TABLE ciudadania_cliente ALTER COLUMN unidad_id DROP NOT NULL, "
        "DROP CONSTRAINT ck_ciudadania_cliente_nombre_corto, DROP CONSTRAINT ck_ciudadania_cliente_algun_alcance, "
        "DROP COLUMN pista, DROP COLUMN secreto_desde, DROP COLUMN secreto_vence_en, DROP COLUMN huella_anterior, "
        "DROP COLUMN anterior_vence_en, DROP COLUMN avisado_de, DROP COLUMN usado_en, DROP COLUMN revocado_motivo"
    )
    op.execute("DROP INDEX IF EXISTS uq_ciudadania_cliente_nombre")
