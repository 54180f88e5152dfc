-- A purchase that a card pays: reserved as it was sold until its money comes, which enters an account of its own in the
-- ledger and goes from there into the custody of each order.
CREATE TABLE comercio_compra_por_pagar (
    compra_id uuid NOT NULL,
    persona_id uuid NOT NULL,
    cuenta bigint NOT NULL,
    del_carrito boolean NOT NULL,
    estado varchar(12) NOT NULL,
    vence_en timestamptz NOT NULL,
    revisar_en timestamptz,
    creada_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    pagada_en timestamptz,
    terminada_en timestamptz,
    CONSTRAINT pk_comercio_compra_por_pagar PRIMARY KEY (compra_id),
    CONSTRAINT uq_comercio_compra_por_pagar_cuenta UNIQUE (cuenta),
    CONSTRAINT fk_comercio_compra_por_pagar_compra_id FOREIGN KEY (compra_id) REFERENCES comercio_compra (id),
    CONSTRAINT fk_comercio_compra_por_pagar_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_comercio_compra_por_pagar_cuenta FOREIGN KEY (cuenta) REFERENCES pagos_cuenta (id),
    CONSTRAINT ck_comercio_compra_por_pagar_vence CHECK (vence_en > creada_en),
    CONSTRAINT ck_comercio_compra_por_pagar_revisar CHECK ((revisar_en IS NULL) = (estado = 'cerrada')),
    CONSTRAINT ck_comercio_compra_por_pagar_terminada CHECK ((terminada_en IS NOT NULL) = (estado = 'cerrada')),
    CONSTRAINT ck_comercio_compra_por_pagar_pagada CHECK (estado <> 'pagada' OR pagada_en IS NOT NULL),
    CONSTRAINT ck_comercio_compra_por_pagar_con_pago CHECK (pagada_en IS NULL OR estado IN ('pagada', 'cerrada'))
);
CREATE INDEX ix_comercio_compra_por_pagar_persona_id ON comercio_compra_por_pagar (persona_id);
CREATE INDEX ix_comercio_compra_por_pagar_revisar_en_compra_id ON comercio_compra_por_pagar (revisar_en, compra_id)
    WHERE revisar_en IS NOT NULL;
CREATE TRIGGER comercio_compra_por_pagar_inmutable
    BEFORE UPDATE OF compra_id, persona_id, cuenta, del_carrito, vence_en, creada_en ON comercio_compra_por_pagar
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_compra_por_pagar_sin_borrado BEFORE DELETE ON comercio_compra_por_pagar
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
GRANT SELECT, INSERT, UPDATE (estado, revisar_en, pagada_en, terminada_en) ON comercio_compra_por_pagar TO qhatu_aplicacion;

-- A person has one at most, which their cart names while it waits.
ALTER TABLE comercio_carrito ADD COLUMN por_pagar_id uuid,
    ADD CONSTRAINT uq_comercio_carrito_por_pagar_id UNIQUE (por_pagar_id),
    ADD CONSTRAINT fk_comercio_carrito_por_pagar_id FOREIGN KEY (por_pagar_id) REFERENCES comercio_compra (id),
    ADD CONSTRAINT ck_comercio_carrito_por_pagar CHECK (por_pagar_id IS NULL OR persona_id IS NOT NULL);

ALTER TABLE comercio_pedido_paso DROP CONSTRAINT ck_comercio_pedido_paso_estado,
    ADD CONSTRAINT ck_comercio_pedido_paso_estado CHECK (estado IN ('por_pagar', 'pagado', 'en_preparacion',
        'despachado', 'entregado', 'concluido', 'cancelado', 'no_pagado'));
