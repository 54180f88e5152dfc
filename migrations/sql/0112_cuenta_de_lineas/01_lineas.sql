-- What one unit weighed when it was sold: a parcel weighs what is in it. Of what was sold before, what its variant
-- weighs today.
ALTER TABLE comercio_pedido_linea
    ADD COLUMN peso_g integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT ck_comercio_pedido_linea_peso CHECK (peso_g BETWEEN 0 AND 1000000);
ALTER TABLE comercio_pedido_linea DISABLE TRIGGER USER;
UPDATE comercio_pedido_linea l SET peso_g = v.peso_g FROM comercio_variante v WHERE v.id = l.variante_id;
ALTER TABLE comercio_pedido_linea ENABLE TRIGGER USER;
ALTER TABLE comercio_pedido_linea ALTER COLUMN peso_g DROP DEFAULT;

-- What a parcel held is settled once it is annulled, lost or back: given back, or free to be sent otherwise. It stays
-- so if it turns up later, or that is corrected: its units are not cancelled, nor counted, twice. Only what was annulled
-- is of the order again if it is delivered while it is owed.
ALTER TABLE comercio_paquete ADD COLUMN saldado boolean NOT NULL DEFAULT false;
UPDATE comercio_paquete SET saldado = true
WHERE estado IN ('devuelto', 'anulado', 'perdido')
   OR incidencia = 'El paquete se entregó después de que su dinero volvió a quien compró.';
ALTER TABLE comercio_paquete
    ALTER COLUMN saldado DROP DEFAULT,
    ADD CONSTRAINT ck_comercio_paquete_saldado
        CHECK (saldado OR estado NOT IN ('devuelto', 'anulado', 'perdido'));
GRANT UPDATE (saldado) ON comercio_paquete TO qhatu_aplicacion;

CREATE FUNCTION comercio_paquete_saldado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'lo que un paquete saldó no vuelve a su pedido' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER comercio_paquete_saldado BEFORE UPDATE ON comercio_paquete FOR EACH ROW
    WHEN (OLD.saldado AND NOT NEW.saldado AND NOT (OLD.estado = 'anulado' AND NEW.estado = 'entregado'))
    EXECUTE FUNCTION comercio_paquete_saldado();

-- The order's row is held, so that two at once are judged one after the other.
CREATE OR REPLACE FUNCTION comercio_linea_alcanza() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM comercio_pedido WHERE id = NEW.pedido_id FOR NO KEY UPDATE;
    IF (SELECT l.cantidad FROM comercio_pedido_linea l WHERE l.id = NEW.linea_id)
       < (SELECT coalesce(sum(c.cantidad), 0) FROM comercio_pedido_cancelacion c WHERE c.linea_id = NEW.linea_id)
       + (SELECT coalesce(sum(pl.cantidad), 0) FROM comercio_paquete_linea pl
          JOIN comercio_paquete q ON q.id = pl.paquete_id
          WHERE pl.linea_id = NEW.linea_id AND NOT q.saldado) THEN
        RAISE EXCEPTION 'de esa línea se cancela y se envía más de lo que se pidió'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_comercio_linea_alcanza';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION comercio_paquete_alcanza() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM comercio_pedido WHERE id = NEW.pedido_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM comercio_paquete_linea suya JOIN comercio_pedido_linea l ON l.id = suya.linea_id
        WHERE suya.paquete_id = NEW.id AND l.cantidad
            < (SELECT coalesce(sum(c.cantidad), 0) FROM comercio_pedido_cancelacion c WHERE c.linea_id = l.id)
            + (SELECT coalesce(sum(pl.cantidad), 0) FROM comercio_paquete_linea pl
               JOIN comercio_paquete q ON q.id = pl.paquete_id WHERE pl.linea_id = l.id AND NOT q.saldado)
    ) THEN
        RAISE EXCEPTION 'de esa línea se cancela y se envía más de lo que se pidió'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_comercio_linea_alcanza';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER comercio_paquete_alcanza AFTER UPDATE ON comercio_paquete FOR EACH ROW
    WHEN (OLD.saldado AND NOT NEW.saldado) EXECUTE FUNCTION comercio_paquete_alcanza();
