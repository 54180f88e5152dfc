-- A claim is born without what comes back.
ALTER TABLE comercio_reclamo
    ADD CONSTRAINT ck_comercio_reclamo_sin_vuelta CHECK (estado <> 'abierto' OR vuelta_id IS NULL);

-- As 0195_vueltas has it; and only what was delivered is asked back.
CREATE OR REPLACE FUNCTION comercio_reclamo_vuelta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.vuelta_id IS NOT NULL AND NEW.vuelta_id IS DISTINCT FROM OLD.vuelta_id THEN
        RAISE EXCEPTION 'lo que vuelve de un reclamo es un envío' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado = 'por_volver' AND OLD.estado <> 'por_volver' AND (NEW.motivo = 'no_recibido' OR NOT EXISTS (
        SELECT FROM comercio_pedido p
        WHERE p.id = NEW.pedido_id AND p.estado = 'entregado' AND p.modalidad <> 'servicio')) THEN
        RAISE EXCEPTION 'se pide de vuelta lo que se entregó' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.vuelta_id IS NOT NULL AND OLD.vuelta_id IS NULL AND NOT EXISTS (
        SELECT FROM comercio_paquete p
        WHERE p.pedido_id = NEW.pedido_id AND p.envio_id = envios_devolucion_de(NEW.vuelta_id)
        UNION ALL
        SELECT FROM comercio_cambio c JOIN comercio_reclamo r ON r.id = c.reclamo_id
        WHERE r.pedido_id = NEW.pedido_id AND c.envio_id = envios_devolucion_de(NEW.vuelta_id)) THEN
        RAISE EXCEPTION 'vuelve lo que se mandó por ese pedido' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado = 'por_revisar' AND OLD.estado <> 'por_revisar'
       AND envios_estado_de(NEW.vuelta_id) IS DISTINCT FROM 'entregado' THEN
        RAISE EXCEPTION 'lo que vuelve llegó cuando lo dice su envío' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- As 0212_reclamo_sin_rendir has it; what ended because there was nothing left to give back may be claimed again, when there
-- is: its bank changed its mind, or its delivery was declared wrong.
CREATE OR REPLACE FUNCTION comercio_reclamo_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM comercio_custodia k WHERE k.pedido_id = NEW.pedido_id
            AND (k.estado = 'congelada' OR k.estado = 'por_cobrar' AND NEW.motivo <> 'no_recibido' AND EXISTS (
                SELECT FROM comercio_paquete q WHERE q.pedido_id = k.pedido_id AND q.estado = 'entregado'
                    AND NOT q.saldado AND envios_sin_rendir(q.envio_id)))
    ) THEN
        RAISE EXCEPTION 'un reclamo detiene el dinero de su pedido' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (
        SELECT FROM comercio_reclamo previo
        WHERE previo.pedido_id = NEW.pedido_id
          AND (previo.motivo = NEW.motivo AND previo.estado NOT IN ('cambiado', 'sin_objeto')
               OR EXISTS (SELECT FROM comercio_reclamo_paso paso
                          WHERE paso.reclamo_id = previo.id AND paso.lado = 'mediador'))
    ) THEN
        RAISE EXCEPTION 'por cada cosa se reclama una vez' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
