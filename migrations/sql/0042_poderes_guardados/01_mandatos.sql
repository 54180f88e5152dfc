-- What the application's role may no longer write: a mandate that comes from nowhere, one that begins accepted though
-- somebody gave it, the acceptance of an offer by who does not hold that identity card.

-- The identity card of a person as grants write it; the registry's SQL asks it.
CREATE FUNCTION ciudadania_cedula(p_persona uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT concat_ws('-', ci, nullif(complemento, '')) FROM ciudadania_persona WHERE id = p_persona
$$;

-- Whether the owner lets the clock be moved: where things are tried, never in production.
CREATE FUNCTION nucleo_se_prueba() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM public.nucleo_reloj)
$$;

-- As 0033_poderes has it; and a mandate without origin is given with the unit itself (its founder's, acts of office
-- that register it), and what is given by somebody is offered. Where the owner lets the clock be moved (tests), acts
-- of office are let at any time.
CREATE OR REPLACE FUNCTION registro_otorgar_mandato() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    o registro_mandato;
    origen uuid;
    exceso text;
BEGIN
    IF least(NEW.valido_desde, NEW.creado_en) < nucleo_ahora() - interval '10 minutes' THEN
        RAISE EXCEPTION 'un mandato no vale hacia atrás' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT nucleo_se_prueba() THEN
        IF NEW.otorgado_por <> '{}' AND NEW.aceptado_en IS NOT NULL THEN
            RAISE EXCEPTION 'lo que alguien otorga se ofrece y se acepta' USING ERRCODE = 'check_violation';
        ELSIF NEW.otorgado_por = '{}' AND NOT EXISTS (
            SELECT FROM registro_asiento WHERE unidad_id = NEW.unidad_id AND secuencia = 1
            AND instante > nucleo_ahora() - interval '10 minutes') THEN
            RAISE EXCEPTION 'un mandato dice con qué mandato se otorga' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    FOREACH origen IN ARRAY NEW.otorgado_por LOOP
        SELECT * INTO STRICT o FROM registro_mandato WHERE id = origen;
        exceso := registro_mandato_excede(NEW, o);
        IF exceso IS NULL AND coalesce(NEW.valido_hasta, 'infinity') > o.revocado_en
           AND NOT ('REGULAR' = ANY (o.facultades) AND o.unidad_id <> NEW.unidad_id) THEN
            exceso := 'dura más que el mandato con que se otorga';
        END IF;
        IF exceso IS NOT NULL THEN
            RAISE EXCEPTION '%', exceso USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    IF NEW.delegado_de IS DISTINCT FROM NEW.otorgado_por[1] AND NEW.delegado_de IS NOT NULL THEN
        RAISE EXCEPTION 'se delega del mandato con que se otorga' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- As 0033_poderes has it; and the identity card of who accepts is that of the offer.
CREATE OR REPLACE FUNCTION registro_guardar_mandato() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    mudables CONSTANT text[] := ARRAY['revocado_en', 'revocado_motivo', 'aceptado_en', 'apoderado_persona_id'];
    recien timestamptz := nucleo_ahora() - interval '1 minute';
BEGIN
    IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - mudables) <> (to_jsonb(OLD) - mudables) THEN
        RAISE EXCEPTION 'un mandato no se modifica, se revoca y se otorga otro' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.revocado_en, NEW.revocado_motivo) IS DISTINCT FROM (OLD.revocado_en, OLD.revocado_motivo) AND (
        NEW.revocado_en IS NULL OR NEW.revocado_en < recien OR OLD.revocado_en < recien
        OR coalesce(NEW.revocado_en >= OLD.revocado_en, false)
    ) THEN
        RAISE EXCEPTION 'una revocación solo se adelanta, y no hacia atrás' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.aceptado_en IS DISTINCT FROM OLD.aceptado_en AND (
        NEW.aceptado_en IS NULL OR OLD.aceptado_en IS NOT NULL OR NEW.aceptado_en < recien
        OR coalesce(OLD.revocado_en <= NEW.aceptado_en, false) OR coalesce(OLD.valido_hasta <= NEW.aceptado_en, false)
    ) THEN
        RAISE EXCEPTION 'un mandato se acepta una vez, mientras se ofrece' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.apoderado_persona_id IS DISTINCT FROM OLD.apoderado_persona_id AND (
        OLD.apoderado_persona_id IS NOT NULL OR OLD.apoderado_cedula IS NULL
        OR OLD.aceptado_en IS NOT NULL OR NEW.aceptado_en IS NULL
        OR ciudadania_cedula(NEW.apoderado_persona_id) IS DISTINCT FROM OLD.apoderado_cedula
    ) THEN
        RAISE EXCEPTION 'el apoderado es quien acepta, con esa cédula' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- As 0033_poderes has it; and who left the office since they were assigned, were it because their mandate expired,
-- does not come back with its clients: no stretch without a mandate of the office ended in between.
CREATE OR REPLACE FUNCTION registro_asignado(p_mandato uuid, p_persona uuid, p_instante timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM registro_asignacion a
        WHERE a.mandato_id = p_mandato AND a.persona_id = p_persona AND a.asignada_en <= p_instante
          AND coalesce(a.retirada_en > p_instante, true)
          AND NOT EXISTS (
            SELECT FROM unnest((
                SELECT range_agg(tstzrange(greatest(p.valido_desde, p.aceptado_en),
                                           least(p.valido_hasta, p.revocado_en)))
                FROM registro_mandato m JOIN registro_mandato p ON p.unidad_id = m.apoderado_unidad_id
                WHERE m.id = p_mandato AND p.apoderado_persona_id = p_persona AND p.aceptado_en IS NOT NULL
                  AND greatest(p.valido_desde, p.aceptado_en) < coalesce(least(p.valido_hasta, p.revocado_en), 'infinity')
            )) AS tramo
            WHERE upper(tramo) > a.asignada_en AND upper(tramo) <= p_instante))
$$;

-- As 0026_limites has it; and what was given back is over: the same act does not come back without being counted.
CREATE OR REPLACE FUNCTION registro_usar_mandato(
    p_mandato uuid, p_propio uuid, p_quien uuid, p_unidad uuid, p_caso text, p_acto uuid, p_monto bigint
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_instante timestamptz;
    v_codigo text;
BEGIN
    IF p_monto < 0 OR (SELECT del_libro FROM registro_caso_de_uso WHERE caso = p_caso) IS NOT FALSE THEN
        RAISE EXCEPTION 'el uso de «%» no se anota así', p_caso USING ERRCODE = 'check_violation';
    END IF;
    PERFORM registro_bloquear_mandatos(ARRAY[p_mandato, p_propio]);
    IF EXISTS (SELECT FROM registro_uso WHERE acto = p_acto AND monto < 0) THEN
        RAISE EXCEPTION 'el acto % ya se devolvió: lo que se hace de nuevo es otro acto', p_acto
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT FROM registro_uso WHERE acto = p_acto AND mandato_id = p_mandato AND monto = p_monto) THEN
        RETURN 'ok';
    END IF;
    v_instante := nucleo_ahora();
    v_codigo := registro_juzgar_mandato(p_mandato, p_propio, p_quien, p_unidad, p_caso, p_monto, v_instante);
    IF v_codigo = 'ok' AND p_monto > 0 THEN
        PERFORM registro_anotar_uso(p_mandato, p_propio, p_caso, p_acto, p_monto, v_instante);
    END IF;
    RETURN v_codigo;
END $$;
