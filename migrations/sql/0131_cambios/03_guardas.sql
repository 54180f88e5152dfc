CREATE TRIGGER comercio_cambio_inmutable BEFORE UPDATE OF reclamo_id, linea_id, producto_id, variante_id, existencia_id,
    opcion, cantidad, peso_g, apartado_en ON comercio_cambio FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_cambio_sin_borrado BEFORE DELETE ON comercio_cambio
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();

-- Of the product that was bought, as much as is claimed, and of nothing else.
CREATE FUNCTION comercio_cambio_nace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM comercio_reclamo_linea r JOIN comercio_pedido_linea l ON l.id = r.linea_id
        WHERE r.reclamo_id = NEW.reclamo_id AND r.linea_id = NEW.linea_id AND r.cantidad = NEW.cantidad
          AND l.producto_id = NEW.producto_id)
       OR (SELECT count(*) FROM comercio_reclamo_linea WHERE reclamo_id = NEW.reclamo_id) <> 1 THEN
        RAISE EXCEPTION 'se cambia por el mismo producto, tanto como se reclama' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_cambio_nace BEFORE INSERT ON comercio_cambio
    FOR EACH ROW EXECUTE FUNCTION comercio_cambio_nace();

-- At commit a claim and its exchange tell the same story.
CREATE FUNCTION comercio_cambio_de_su_reclamo() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    de uuid := CASE TG_TABLE_NAME WHEN 'comercio_cambio' THEN (to_jsonb(NEW) ->> 'reclamo_id')::uuid
                    ELSE (to_jsonb(NEW) ->> 'id')::uuid END;
    r text := (SELECT estado FROM comercio_reclamo WHERE id = de);
    c text := (SELECT estado FROM comercio_cambio WHERE reclamo_id = de);
BEGIN
    IF NOT (CASE r WHEN 'por_cambiar' THEN coalesce(c, '') = 'apartado'
                  WHEN 'en_cambio' THEN coalesce(c, '') IN ('apartado', 'anunciado', 'en_camino')
                  WHEN 'cambiado' THEN coalesce(c, '') = 'entregado'
                  ELSE c IS NULL OR c NOT IN ('apartado', 'anunciado', 'en_camino') END) THEN
        RAISE EXCEPTION 'un reclamo y su cambio no dicen lo mismo' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_cambio_de_su_reclamo AFTER INSERT OR UPDATE OF estado ON comercio_cambio
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_cambio_de_su_reclamo();
CREATE CONSTRAINT TRIGGER comercio_reclamo_de_su_cambio AFTER INSERT OR UPDATE OF estado ON comercio_reclamo
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_cambio_de_su_reclamo();

-- A claim holds the money from its first act. Of one order each reason is claimed once, but of what was exchanged,
-- and none once the authority decided: claiming again would hold the money without end.
CREATE OR REPLACE FUNCTION comercio_reclamo_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM comercio_custodia WHERE pedido_id = NEW.pedido_id AND estado = 'congelada') THEN
        RAISE EXCEPTION 'un reclamo detiene el dinero de su pedido' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (
        SELECT FROM comercio_reclamo previo
        WHERE previo.pedido_id = NEW.pedido_id
          AND (previo.motivo = NEW.motivo AND previo.estado <> 'cambiado'
               OR EXISTS (SELECT FROM comercio_reclamo_paso paso
                          WHERE paso.reclamo_id = previo.id AND paso.lado = 'mediador'))
    ) THEN
        RAISE EXCEPTION 'por cada cosa se reclama una vez' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
