-- What a bank took of each order: if it changes its mind, that is of who sold, but for what had not left and was for sale again,
-- which is of who paid.
CREATE TABLE comercio_tomado_por_el_banco (
    disputa_id uuid NOT NULL,
    pedido_id uuid NOT NULL,
    importe bigint NOT NULL,
    de_quien_vende bigint NOT NULL,
    ocurrio_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_comercio_tomado_por_el_banco PRIMARY KEY (disputa_id, pedido_id),
    CONSTRAINT fk_comercio_tomado_por_el_banco_disputa_id FOREIGN KEY (disputa_id) REFERENCES pagos_disputa (id),
    CONSTRAINT fk_comercio_tomado_por_el_banco_pedido_id FOREIGN KEY (pedido_id) REFERENCES comercio_pedido (id),
    CONSTRAINT ck_comercio_tomado_por_el_banco_importe CHECK (importe > 0 AND de_quien_vende BETWEEN 0 AND importe)
);
CREATE INDEX ix_comercio_tomado_por_el_banco_pedido_id ON comercio_tomado_por_el_banco (pedido_id);
GRANT SELECT, INSERT ON comercio_tomado_por_el_banco TO qhatu_aplicacion;
CREATE TRIGGER comercio_tomado_por_el_banco_inmutable BEFORE UPDATE OR DELETE ON comercio_tomado_por_el_banco
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
