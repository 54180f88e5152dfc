-- A seller opens places of dispatch and closes them; the principal one never closes.
ALTER TABLE comercio_lugar_de_despacho ADD COLUMN cerrado_en timestamptz,
    ADD CONSTRAINT ck_comercio_lugar_de_despacho_principal_abierto CHECK (NOT principal OR cerrado_en IS NULL);
GRANT UPDATE (cerrado_en) ON comercio_lugar_de_despacho TO qhatu_aplicacion;
CREATE INDEX ix_comercio_existencia_lugar_id ON comercio_existencia (lugar_id);

-- One with stock does not close. Who moves stock there has locked it, as who closes it does.
CREATE FUNCTION comercio_lugar_cerrar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM comercio_existencia e WHERE e.lugar_id = NEW.id AND e.existencia > 0) THEN
        RAISE EXCEPTION 'el lugar de despacho % tiene existencia', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_comercio_lugar_vacio';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_lugar_cerrar BEFORE UPDATE OF cerrado_en ON comercio_lugar_de_despacho FOR EACH ROW
    WHEN (OLD.cerrado_en IS NULL AND NEW.cerrado_en IS NOT NULL) EXECUTE FUNCTION comercio_lugar_cerrar();

-- Nothing comes into one that is closed but what comes back from a sale.
CREATE FUNCTION comercio_movimiento_en_abierto() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM comercio_existencia e JOIN comercio_lugar_de_despacho d ON d.id = e.lugar_id
        WHERE e.id = NEW.existencia_id AND d.cerrado_en IS NOT NULL) THEN
        RAISE EXCEPTION 'la existencia % está en un lugar cerrado', NEW.existencia_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_comercio_movimiento_en_abierto';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_movimiento_en_abierto BEFORE INSERT ON comercio_movimiento_de_existencia FOR EACH ROW
    WHEN (NEW.cantidad > 0 AND NEW.motivo IN ('ingreso', 'recuento', 'traslado'))
    EXECUTE FUNCTION comercio_movimiento_en_abierto();

-- A transfer is two movements of one reference.
ALTER TABLE comercio_movimiento_de_existencia DROP CONSTRAINT ck_comercio_movimiento_de_existencia_motivo,
    ADD CONSTRAINT ck_comercio_movimiento_de_existencia_motivo CHECK (
        motivo IN ('apertura', 'ingreso', 'merma', 'recuento', 'venta', 'devolucion', 'traslado')),
    DROP CONSTRAINT ck_comercio_movimiento_de_existencia_referencia,
    ADD CONSTRAINT ck_comercio_movimiento_de_existencia_referencia CHECK (
        (motivo IN ('venta', 'devolucion', 'traslado')) = (referencia_id IS NOT NULL));

-- At the commit: what left a place is what another one got, of the same variant.
CREATE FUNCTION comercio_exigir_traslado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) <> 2 OR sum(m.cantidad) <> 0
            OR count(DISTINCT e.variante_id) <> 1 OR count(DISTINCT e.lugar_id) <> 2
        FROM comercio_movimiento_de_existencia m JOIN comercio_existencia e ON e.id = m.existencia_id
        WHERE m.referencia_id = NEW.referencia_id) THEN
        RAISE EXCEPTION 'el traslado % no llega como salió', NEW.referencia_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'comercio_exigir_traslado';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_traslado AFTER INSERT ON comercio_movimiento_de_existencia
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.motivo = 'traslado') EXECUTE FUNCTION comercio_exigir_traslado();
