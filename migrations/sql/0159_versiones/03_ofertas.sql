-- As 0155_sin_convocatoria has it; and a bid is made for the version in force. One that nobody reconfirmed ends when the
-- envelopes are opened, and only then.
CREATE OR REPLACE FUNCTION feria_oferta_a_tiempo() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamado record;
    momento timestamptz := CASE WHEN TG_OP = 'INSERT' THEN NEW.presentada_en ELSE NEW.terminada_en END;
BEGIN
    IF TG_OP = 'UPDATE' AND (
        OLD.estado <> 'vigente' OR
        (NEW.id, NEW.convocatoria_id, NEW.unidad_id, NEW.intento, NEW.presentada_en, NEW.presentada_por,
         NEW.huella, NEW.cantidad_lineas, NEW.version)
        IS DISTINCT FROM
        (OLD.id, OLD.convocatoria_id, OLD.unidad_id, OLD.intento, OLD.presentada_en, OLD.presentada_por,
         OLD.huella, OLD.cantidad_lineas, OLD.version)
    ) THEN
        RAISE EXCEPTION 'a bid is never edited, only ended' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT estado, vence_en, versiones INTO llamado FROM feria_convocatoria WHERE id = NEW.convocatoria_id FOR SHARE;
    IF momento NOT BETWEEN nucleo_ahora() - interval '1 minute' AND nucleo_ahora() OR NOT (CASE
        WHEN NEW.estado = 'caducada' THEN llamado.estado = 'apertura' AND NOT feria_oferta_vale(NEW.id)
        ELSE llamado.estado = 'publicado' AND CASE WHEN llamado.vence_en IS NULL THEN TG_OP = 'INSERT'
            ELSE momento < llamado.vence_en END END) THEN
        RAISE EXCEPTION 'late bid' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NEW.version <> llamado.versiones THEN
        RAISE EXCEPTION 'a bid is made for the version in force' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- Whether a bid is for what its call asks now: made for its last version, or reconfirmed for it.
CREATE FUNCTION feria_oferta_vale(oferta uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT o.version = c.versiones OR EXISTS (
        SELECT FROM feria_reconfirmacion r WHERE r.oferta_id = o.id AND r.version = c.versiones)
    FROM feria_oferta o JOIN feria_convocatoria c ON c.id = o.convocatoria_id WHERE o.id = oferta
$$;

-- As 0155_sin_convocatoria has it; and only the envelopes of bids that are for the last version are opened.
CREATE OR REPLACE FUNCTION feria_oferta_linea_abierta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_convocatoria c JOIN feria_oferta o ON o.convocatoria_id = c.id
    WHERE o.id = NEW.oferta_id AND o.estado = 'vigente' AND c.estado = 'apertura'
        AND (c.vence_en IS NULL OR c.vence_en <= nucleo_ahora()) AND feria_oferta_vale(o.id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the envelopes are closed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- A bid is reconfirmed for the version in force, before the deadline, unless what is asked changed since it was made.
CREATE FUNCTION feria_reconfirmacion_a_tiempo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_oferta o JOIN feria_convocatoria c ON c.id = o.convocatoria_id
    WHERE o.id = NEW.oferta_id AND o.estado = 'vigente' AND o.version >= c.pedido_en AND NEW.version = c.versiones
        AND c.estado = 'publicado' AND NEW.hecha_en < c.vence_en
        AND NEW.hecha_en BETWEEN nucleo_ahora() - interval '1 minute' AND nucleo_ahora()
    FOR SHARE OF c;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a bid is reconfirmed in time' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_reconfirmacion_a_tiempo BEFORE INSERT ON feria_reconfirmacion
    FOR EACH ROW EXECUTE FUNCTION feria_reconfirmacion_a_tiempo();
CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_reconfirmacion
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez();
