-- What is claimed goes back to who sold before the money does: three states more, by its shipment.
ALTER TABLE comercio_reclamo
    ADD COLUMN vuelta_id uuid,
    ADD CONSTRAINT uq_comercio_reclamo_vuelta_id UNIQUE (vuelta_id),
    ADD CONSTRAINT fk_comercio_reclamo_vuelta_id FOREIGN KEY (vuelta_id) REFERENCES envios_envio (id),
    ADD CONSTRAINT ck_comercio_reclamo_vuelta CHECK (estado NOT IN ('en_vuelta', 'por_revisar') OR vuelta_id IS NOT NULL);
GRANT UPDATE (vuelta_id) ON comercio_reclamo TO qhatu_aplicacion;

INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-00000000f602', 'comercio.devolver_lo_reclamado',
     'Mandar de vuelta lo que se reclama: quien compró', 7, 'dias_habiles', 'dia_habil_siguiente', true, 'negativo',
     'Regla de la plataforma', 'Si no lo manda a tiempo el reclamo termina sin devolución.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-00000000f603', 'comercio.revisar_lo_devuelto',
     'Revisar lo que volvió: quien vende', 3, 'dias_habiles', 'dia_habil_siguiente', true, 'positivo',
     'Regla de la plataforma', 'Si no lo objeta a tiempo se devuelve lo que se pidió.', false, '2017-01-01');

CREATE FUNCTION envios_devolucion_de(p_envio uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT devolucion_de_id FROM envios_envio WHERE id = p_envio
$$;

-- It is the return of a parcel of its order, or of what was sent in its place, and stays that one.
CREATE FUNCTION comercio_reclamo_vuelta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.vuelta_id IS NOT NULL AND NEW.vuelta_id IS DISTINCT FROM OLD.vuelta_id THEN
        RAISE EXCEPTION 'lo que vuelve de un reclamo es un envío' USING ERRCODE = 'restrict_violation';
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
CREATE TRIGGER comercio_reclamo_vuelta BEFORE UPDATE OF vuelta_id, estado ON comercio_reclamo FOR EACH ROW
    EXECUTE FUNCTION comercio_reclamo_vuelta();

-- Who must speak in a claim has their whole term from when it is their turn; what travels, an exchange or what comes back,
-- that of any parcel from when it leaves, and none when its shipment has no news or did not arrive.
CREATE OR REPLACE FUNCTION comercio_reclamo_plazo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT coalesce(NEW.vence_en >= CASE
        WHEN TG_OP = 'INSERT' THEN nucleo_no_antes_de('comercio.responder_reclamo')
        WHEN NEW.estado = 'en_vuelta' THEN CASE
            WHEN envios_estado_de(NEW.vuelta_id) IN ('sin_noticias', 'devuelto', 'anulado')
                THEN nucleo_ahora() - interval '1 hour'
            ELSE nucleo_no_antes_de('comercio.sin_entrega') END
        WHEN NEW.estado <> OLD.estado THEN nucleo_no_antes_de(CASE NEW.estado WHEN 'en_mediacion' THEN 'comercio.mediar'
            WHEN 'en_cambio' THEN 'comercio.mandar_cambio'
            WHEN 'por_volver' THEN 'comercio.devolver_lo_reclamado'
            WHEN 'por_revisar' THEN 'comercio.revisar_lo_devuelto' ELSE 'comercio.decidirse' END)
        WHEN NEW.estado = 'en_cambio' THEN CASE
            WHEN EXISTS (SELECT FROM comercio_cambio c WHERE c.reclamo_id = NEW.id AND c.estado = 'en_camino'
                         AND envios_estado_de(c.envio_id) = 'sin_noticias') THEN nucleo_ahora() - interval '1 hour'
            ELSE nucleo_no_antes_de('comercio.sin_entrega') END
        END, false) THEN
        RAISE EXCEPTION 'un reclamo no vence entonces' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
