-- Who buys is a party: a citizen or a unit.
INSERT INTO registro_parte (id, clase, persona_id)
SELECT gen_random_uuid(), 'persona', c.comprador_id FROM (SELECT DISTINCT comprador_id FROM comercio_compra) c
ON CONFLICT (persona_id) DO NOTHING;

ALTER TABLE comercio_compra
    ADD COLUMN comprador_parte_id uuid,
    ADD COLUMN factura_nombre varchar(200),
    ADD COLUMN factura_nit varchar(13);
ALTER TABLE comercio_compra DISABLE TRIGGER comercio_compra_inmutable;
UPDATE comercio_compra c SET comprador_parte_id = p.id FROM registro_parte p WHERE p.persona_id = c.comprador_id;
ALTER TABLE comercio_compra ENABLE TRIGGER comercio_compra_inmutable;
ALTER TABLE comercio_compra
    ALTER COLUMN comprador_parte_id SET NOT NULL,
    DROP COLUMN comprador_id,
    ADD CONSTRAINT uq_comercio_compra_id_comprador_parte_id UNIQUE (id, comprador_parte_id),
    ADD CONSTRAINT fk_comercio_compra_comprador_parte_id FOREIGN KEY (comprador_parte_id) REFERENCES registro_parte (id),
    ADD CONSTRAINT ck_comercio_compra_factura CHECK ((factura_nombre IS NULL) = (factura_nit IS NULL)),
    ADD CONSTRAINT ck_comercio_compra_factura_nit CHECK (factura_nit ~ '^[0-9]{4,13}$');
CREATE INDEX ix_comercio_compra_comprador_parte_id_id ON comercio_compra (comprador_parte_id, id);

-- An order is of who made its purchase.
ALTER TABLE comercio_pedido ADD COLUMN comprador_parte_id uuid;
ALTER TABLE comercio_pedido DISABLE TRIGGER USER;
UPDATE comercio_pedido p SET comprador_parte_id = c.comprador_parte_id FROM comercio_compra c WHERE c.id = p.compra_id;
ALTER TABLE comercio_pedido ENABLE TRIGGER USER;
DROP TRIGGER comercio_pedido_venta_inmutable ON comercio_pedido;
ALTER TABLE comercio_pedido
    ALTER COLUMN comprador_parte_id SET NOT NULL,
    DROP COLUMN comprador_id,
    DROP CONSTRAINT fk_comercio_pedido_compra_id,
    ADD CONSTRAINT fk_comercio_pedido_compra_id_comprador_parte_id FOREIGN KEY (compra_id, comprador_parte_id)
        REFERENCES comercio_compra (id, comprador_parte_id);
CREATE INDEX ix_comercio_pedido_comprador_parte_id_id ON comercio_pedido (comprador_parte_id, id);
CREATE TRIGGER comercio_pedido_venta_inmutable
    BEFORE UPDATE OF id, numero, compra_id, vendedor_id, comprador_parte_id, modalidad, total, peso_g,
        dias_de_elaboracion
    ON comercio_pedido FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();

-- A third person without an account cannot be answered for, nor paid back.
CREATE FUNCTION comercio_compra_de_quien() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF registro_parte_es_tercera(NEW.comprador_parte_id) THEN
        RAISE EXCEPTION 'quien compra es una persona o una unidad' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_compra_de_quien BEFORE INSERT ON comercio_compra
    FOR EACH ROW EXECUTE FUNCTION comercio_compra_de_quien();

-- Whether who a party is may sell for a unit: it is that unit, or has a mandate of their own.
CREATE FUNCTION registro_parte_vende(p_parte uuid, p_unidad uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(a.unidad_id = p_unidad, registro_vende(a.persona_id, p_unidad))
    FROM registro_parte a WHERE a.id = p_parte
$$;

-- Nobody buys from a unit that they sell for (one that they sell for through an office is the application's to see),
-- nor a unit from itself.
CREATE OR REPLACE FUNCTION comercio_pedido_ajeno() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF registro_parte_vende(NEW.comprador_parte_id, NEW.vendedor_id) THEN
        RAISE EXCEPTION 'quien compra no puede vender por quien vende' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
