-- What the account of a matter was paid for is answered by the platform, and no person.
ALTER TABLE pagos_disputa_respuesta ALTER COLUMN persona_id DROP NOT NULL,
    ADD CONSTRAINT ck_pagos_disputa_respuesta_quien CHECK (persona_id IS NOT NULL OR unidad_id IS NULL);

-- What who sold an order says to the bank that claims its payment, once; it goes with the others' in one answer.
CREATE TABLE comercio_prueba_al_banco (
    id uuid NOT NULL,
    disputa_id uuid NOT NULL,
    pedido_id uuid NOT NULL,
    explicacion varchar(1000) NOT NULL,
    persona_id uuid NOT NULL,
    creado_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    enviar_en timestamptz,
    respuesta_id uuid,
    CONSTRAINT pk_comercio_prueba_al_banco PRIMARY KEY (id),
    CONSTRAINT uq_comercio_prueba_al_banco_disputa_id UNIQUE (disputa_id, pedido_id),
    CONSTRAINT fk_comercio_prueba_al_banco_disputa_id FOREIGN KEY (disputa_id) REFERENCES pagos_disputa (id),
    CONSTRAINT fk_comercio_prueba_al_banco_pedido_id FOREIGN KEY (pedido_id) REFERENCES comercio_pedido (id),
    CONSTRAINT fk_comercio_prueba_al_banco_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_comercio_prueba_al_banco_respuesta_id FOREIGN KEY (respuesta_id) REFERENCES pagos_disputa_respuesta (id),
    CONSTRAINT ck_comercio_prueba_al_banco_explicacion CHECK (length(explicacion) BETWEEN 20 AND 1000),
    CONSTRAINT ck_comercio_prueba_al_banco_una_vez CHECK (enviar_en IS NULL OR respuesta_id IS NULL)
);
CREATE INDEX ix_comercio_prueba_al_banco_pedido_id ON comercio_prueba_al_banco (pedido_id);
CREATE INDEX ix_comercio_prueba_al_banco_persona_id ON comercio_prueba_al_banco (persona_id);
CREATE INDEX ix_comercio_prueba_al_banco_enviar_en ON comercio_prueba_al_banco (enviar_en, id) WHERE enviar_en IS NOT NULL;
GRANT SELECT, INSERT, UPDATE (enviar_en, respuesta_id) ON comercio_prueba_al_banco TO qhatu_aplicacion;

-- It is said while a bank claims the order's purchase, and what was sent stays as it was sent.
CREATE FUNCTION comercio_prueba_al_banco_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT pagos_en_disputa((SELECT compra_id FROM comercio_pedido WHERE id = NEW.pedido_id)) THEN
        RAISE EXCEPTION 'ningún banco reclama el pedido %', NEW.pedido_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_prueba_al_banco_guardia BEFORE INSERT ON comercio_prueba_al_banco
    FOR EACH ROW EXECUTE FUNCTION comercio_prueba_al_banco_guardia();
CREATE TRIGGER comercio_prueba_al_banco_enviada BEFORE UPDATE ON comercio_prueba_al_banco
    FOR EACH ROW WHEN (OLD.enviar_en IS NULL) EXECUTE FUNCTION comercio_inmutable();
