-- A purchase order has lines of its own, each of one award: what is ordered is written in it, not found by joins.

ALTER TABLE feria_adjudicacion
    ADD CONSTRAINT uq_feria_adjudicacion_id_item_id_proveedor_id UNIQUE (id, item_id, proveedor_id);
ALTER TABLE feria_orden_de_compra
    DROP CONSTRAINT uq_feria_orden_de_compra_convocatoria_id_proveedor_id,
    ADD CONSTRAINT uq_feria_orden_de_compra_id_proveedor_id UNIQUE (id, proveedor_id);
CREATE INDEX ix_feria_orden_de_compra_convocatoria ON feria_orden_de_compra (convocatoria_id, numero);

CREATE TABLE feria_orden_linea (
    id UUID NOT NULL,
    orden_id UUID NOT NULL,
    proveedor_id UUID NOT NULL,
    adjudicacion_id UUID NOT NULL,
    item_id UUID NOT NULL,
    numero SMALLINT NOT NULL,
    descripcion VARCHAR(500) NOT NULL,
    unspsc VARCHAR(8),
    marca VARCHAR(120) NOT NULL,
    detalle VARCHAR(1000) NOT NULL,
    cantidad NUMERIC(14, 4) NOT NULL,
    unidad_medida VARCHAR(20) NOT NULL,
    precio_unitario NUMERIC(18, 4) NOT NULL,
    total BIGINT NOT NULL,
    plazo_dias SMALLINT NOT NULL,
    CONSTRAINT pk_feria_orden_linea PRIMARY KEY (id),
    CONSTRAINT uq_feria_orden_linea_adjudicacion_id UNIQUE (adjudicacion_id),
    CONSTRAINT uq_feria_orden_linea_orden_id_numero UNIQUE (orden_id, numero),
    -- Nothing is ordered that was not awarded, nor from another one.
    CONSTRAINT fk_feria_orden_linea_orden_id_proveedor_id
        FOREIGN KEY (orden_id, proveedor_id) REFERENCES feria_orden_de_compra (id, proveedor_id),
    CONSTRAINT fk_feria_orden_linea_adjudicacion_id_item_id_proveedor_id
        FOREIGN KEY (adjudicacion_id, item_id, proveedor_id) REFERENCES feria_adjudicacion (id, item_id, proveedor_id),
    CONSTRAINT ck_feria_orden_linea_numero CHECK (numero > 0),
    CONSTRAINT ck_feria_orden_linea_cantidad CHECK (cantidad > 0),
    CONSTRAINT ck_feria_orden_linea_precio_unitario CHECK (precio_unitario > 0),
    CONSTRAINT ck_feria_orden_linea_total
        CHECK (total >= 0 AND abs(total - cantidad * precio_unitario * 100) <= 0.5),
    CONSTRAINT ck_feria_orden_linea_plazo_dias CHECK (plazo_dias BETWEEN 1 AND 1095)
);
GRANT SELECT, INSERT ON feria_orden_linea TO qhatu_aplicacion;

INSERT INTO feria_orden_linea (id, orden_id, proveedor_id, adjudicacion_id, item_id, numero, descripcion, unspsc,
        marca, detalle, cantidad, unidad_medida, precio_unitario, total, plazo_dias)
    SELECT gen_random_uuid(), o.id, o.proveedor_id, a.id, i.id, i.numero, i.descripcion, i.unspsc, l.marca, l.detalle,
        i.cantidad, i.unidad_medida, l.precio_unitario, l.total, l.plazo_dias
    FROM feria_orden_de_compra o
    JOIN feria_adjudicacion a ON a.convocatoria_id = o.convocatoria_id AND a.proveedor_id = o.proveedor_id
    JOIN feria_oferta_linea l ON l.id = a.oferta_linea_id
    JOIN feria_item i ON i.id = a.item_id;

CREATE TRIGGER feria_orden_linea_inmutable BEFORE UPDATE OR DELETE ON feria_orden_linea
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();

-- An order is what its lines add up to, when it is committed and ever after.
CREATE FUNCTION feria_orden_suma() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamada uuid := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
    IF (SELECT total FROM feria_orden_de_compra WHERE id = llamada)
        <> (SELECT coalesce(sum(total), 0) FROM feria_orden_linea WHERE orden_id = llamada) THEN
        RAISE EXCEPTION 'an order is the sum of its lines' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER feria_orden_de_compra_suma AFTER INSERT ON feria_orden_de_compra
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION feria_orden_suma('id');
CREATE CONSTRAINT TRIGGER feria_orden_linea_suma AFTER INSERT ON feria_orden_linea
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION feria_orden_suma('orden_id');
