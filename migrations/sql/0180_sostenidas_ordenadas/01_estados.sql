-- «usada» was only passed through, inside the transaction of an order, and nothing ever led to «liberada». What there may be
-- of them was let go: its units are for sale again.
ALTER TABLE comercio_oferta_sostenida DISABLE TRIGGER USER;
UPDATE comercio_existencia e SET reservado = e.reservado - o.cantidad
FROM (SELECT existencia_id, sum(cantidad) AS cantidad FROM comercio_oferta_sostenida WHERE estado = 'usada' GROUP BY 1) o
WHERE e.id = o.existencia_id;
ALTER TABLE comercio_oferta_sostenida
    DROP CONSTRAINT ck_comercio_oferta_sostenida_orden,
    DROP CONSTRAINT ck_comercio_oferta_sostenida_de_su_estado,
    DROP CONSTRAINT ck_comercio_oferta_sostenida_terminada;
UPDATE comercio_oferta_sostenida SET estado = 'retirada', orden_id = NULL,
    terminada_en = coalesce(terminada_en, nucleo_ahora())
WHERE estado IN ('usada', 'liberada');
ALTER TABLE comercio_oferta_sostenida ENABLE TRIGGER USER;
ALTER TABLE comercio_oferta_sostenida
    ADD CONSTRAINT ck_comercio_oferta_sostenida_orden CHECK ((orden_id IS NOT NULL) = (estado = 'cumplida')),
    ADD CONSTRAINT ck_comercio_oferta_sostenida_de_su_estado CHECK (
        CASE WHEN estado IN ('sostenida', 'cumplida') THEN sostenida_en IS NOT NULL
        WHEN estado IN ('pedida', 'rechazada') THEN sostenida_en IS NULL ELSE true END),
    ADD CONSTRAINT ck_comercio_oferta_sostenida_terminada CHECK (
        (terminada_en IS NULL) = (estado IN ('pedida', 'sostenida')));
DROP INDEX ix_comercio_oferta_sostenida_existencia_id;
CREATE INDEX ix_comercio_oferta_sostenida_existencia_id ON comercio_oferta_sostenida (existencia_id)
    WHERE estado = 'sostenida';
DROP TRIGGER comercio_oferta_sostenida_precio ON comercio_oferta_sostenida;
CREATE TRIGGER comercio_oferta_sostenida_precio BEFORE UPDATE ON comercio_oferta_sostenida FOR EACH ROW
    WHEN ((NEW.precio <> OLD.precio OR NEW.importe <> OLD.importe)
          AND (NEW.precio >= OLD.precio OR OLD.estado <> 'sostenida' OR NEW.estado <> 'cumplida'))
    EXECUTE FUNCTION comercio_inmutable();

-- Printed by the declaration (estados.py).
ALTER TABLE comercio_oferta_sostenida DROP CONSTRAINT IF EXISTS ck_comercio_oferta_sostenida_estado,
    ADD CONSTRAINT ck_comercio_oferta_sostenida_estado CHECK (estado IN ('pedida', 'sostenida', 'cumplida', 'rechazada', 'retirada', 'vencida'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_oferta_sostenida FOR EACH ROW
    WHEN (NEW.estado NOT IN ('pedida')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_oferta_sostenida FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'pedida' THEN NEW.estado IN ('sostenida', 'rechazada', 'retirada', 'vencida')
        WHEN 'sostenida' THEN NEW.estado IN ('cumplida', 'retirada', 'vencida')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

