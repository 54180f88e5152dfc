-- What the application's role could still write: an act done by the mandates of some of who signed it, beyond the
-- smallest of their limits; a recovery opened in the past, or decided before its time; an objection taken away.

-- As 0042_poderes_guardados has it; and it is done by all the mandates of who signed, up to the smallest limit.
CREATE OR REPLACE FUNCTION registro_acto_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_mandatos uuid[];
    v_limite bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.vence_en > nucleo_ahora() + interval '15 days' THEN
            RAISE EXCEPTION 'un acto espera firmas quince días a lo más' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.grupo_firma IS NOT NULL AND NEW.firmas_requeridas < coalesce((
            SELECT max(firmas_requeridas) FROM registro_mandato WHERE grupo_firma = NEW.grupo_firma), 32767) THEN
            RAISE EXCEPTION 'un acto lleva las firmas que pide su grupo' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NOT EXISTS (SELECT FROM registro_firmantes(NEW, nucleo_ahora()) q
                       WHERE q.persona_id = NEW.propuesto_por AND q.alcanza
                         AND (q.solo OR NEW.grupo_firma IS NOT NULL)) THEN
            RAISE EXCEPTION 'un acto lo propone quien puede firmarlo' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.id, OLD.codigo, OLD.unidad_id, OLD.facultad, OLD.documento, OLD.huella, OLD.monto, OLD.grupo_firma,
        OLD.firmas_requeridas, OLD.propuesto_por, OLD.creado_en, OLD.vence_en)
       IS DISTINCT FROM
       (NEW.id, NEW.codigo, NEW.unidad_id, NEW.facultad, NEW.documento, NEW.huella, NEW.monto, NEW.grupo_firma,
        NEW.firmas_requeridas, NEW.propuesto_por, NEW.creado_en, NEW.vence_en) THEN
        RAISE EXCEPTION 'lo que se firma no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.estado <> 'pendiente' THEN
        RAISE EXCEPTION 'un acto % ya no cambia', OLD.estado USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado = 'ejecutado' THEN
        IF NOT registro_acto_firmado(NEW.id, nucleo_ahora()) THEN
            RAISE EXCEPTION 'al acto % le faltan firmas que valgan', NEW.id USING ERRCODE = 'restrict_violation';
        END IF;
        SELECT array_agg(v.mandato_id) || coalesce(array_agg(v.mandato_propio_id)
                   FILTER (WHERE v.mandato_propio_id IS NOT NULL), '{}'), min(v.limite)
        INTO v_mandatos, v_limite FROM registro_firmas_validas(NEW.id, nucleo_ahora()) v;
        IF NOT (NEW.mandatos <@ v_mandatos AND NEW.mandatos @> v_mandatos)
           OR NEW.limite IS DISTINCT FROM v_limite THEN
            RAISE EXCEPTION 'un acto se ejecuta con los mandatos de quienes lo firmaron, hasta el menor de sus límites'
                USING ERRCODE = 'restrict_violation';
        END IF;
        NEW.transaccion := pg_current_xact_id()::text::bigint;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION registro_recuperacion_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    pasos CONSTANT text[] := ARRAY['estado', 'objetada_por', 'objetada_en', 'objecion', 'resuelta_por', 'resuelta_en',
        'resolucion', 'mandato_id'];
    recien timestamptz := nucleo_ahora() - interval '1 minute';
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.abierta_en < recien THEN
            RAISE EXCEPTION 'una recuperación no se abre hacia atrás' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (to_jsonb(NEW) - pasos) <> (to_jsonb(OLD) - pasos)
       OR (OLD.objecion IS NOT NULL AND (NEW.objetada_por, NEW.objetada_en, NEW.objecion)
           IS DISTINCT FROM (OLD.objetada_por, OLD.objetada_en, OLD.objecion))
       OR OLD.resuelta_en IS NOT NULL THEN
        RAISE EXCEPTION 'lo dicho en una recuperación no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.resuelta_en NOT BETWEEN recien AND nucleo_ahora() THEN
        RAISE EXCEPTION 'una recuperación se resuelve a su hora' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guardia BEFORE INSERT OR UPDATE ON registro_recuperacion
    FOR EACH ROW EXECUTE FUNCTION registro_recuperacion_guardia();
