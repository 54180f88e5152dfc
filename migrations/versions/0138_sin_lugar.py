"""Market: of who picks up all that they bought where its sellers are, no address is kept."""

from alembic import op

revision = "0138_sin_lugar"
down_revision = "0137_precio_rebajado"
branch_labels = None
depends_on = None

TEXTO = """
ALTER TABLE comercio_compra ALTER COLUMN municipio_ine DROP NOT NULL, ALTER COLUMN lugar DROP NOT NULL,
    ALTER COLUMN referencia DROP NOT NULL,
    ADD CONSTRAINT ck_comercio_compra_donde CHECK (num_nonnulls(municipio_ine, lugar, referencia) IN (0, 3));

-- What is sent, taken or done somewhere says where.
CREATE FUNCTION comercio_pedido_con_lugar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM comercio_compra WHERE id = NEW.compra_id AND municipio_ine IS NOT NULL) THEN
        RAISE EXCEPTION 'el pedido % no dice a dónde va', NEW.numero
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_comercio_pedido_con_lugar';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_pedido_con_lugar BEFORE INSERT ON comercio_pedido FOR EACH ROW
    WHEN (NEW.forma IS DISTINCT FROM 'retiro') EXECUTE FUNCTION comercio_pedido_con_lugar();
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(TEXTO, execution_options={"no_parameters": True})


def downgrade() -> None:
    raise NotImplementedError("an address that nobody gave would be needed")
