-- As 0028_actos has it; and an act needs the signatures that its group does, and is proposed by who could sign it.
CREATE OR REPLACE FUNCTION registro_acto_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
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
        IF EXISTS (SELECT FROM unnest(NEW.mandatos) AS m (id) WHERE m.id NOT IN (
                SELECT v.mandato_id FROM registro_firmas_validas(NEW.id, nucleo_ahora()) v
                UNION ALL
                SELECT v.mandato_propio_id FROM registro_firmas_validas(NEW.id, nucleo_ahora()) v
                WHERE v.mandato_propio_id IS NOT NULL)) THEN
            RAISE EXCEPTION 'un acto se ejecuta con los mandatos de quienes lo firmaron'
                USING ERRCODE = 'restrict_violation';
        END IF;
        NEW.transaccion := pg_current_xact_id()::text::bigint;
    END IF;
    RETURN NEW;
END $$;
