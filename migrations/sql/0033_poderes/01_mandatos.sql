-- A mandate is offered and accepted, says by which mandates it was given, and never holds more than they.

ALTER TABLE registro_mandato
    ADD COLUMN apoderado_cedula TEXT,
    ADD COLUMN ofrecido_hasta TIMESTAMPTZ,
    ADD COLUMN otorgado_por UUID[] NOT NULL DEFAULT '{}',
    DROP CONSTRAINT ck_registro_mandato_un_apoderado,
    ADD CONSTRAINT ck_registro_mandato_un_apoderado CHECK (
        (apoderado_unidad_id IS NULL) <> (apoderado_persona_id IS NULL AND apoderado_cedula IS NULL)),
    -- Who holds it by identity card is known when they accept; what nobody accepts ends.
    ADD CONSTRAINT ck_registro_mandato_aceptacion CHECK (CASE
        WHEN aceptado_en IS NULL THEN ofrecido_hasta IS NOT NULL
        ELSE num_nonnulls(apoderado_persona_id, apoderado_unidad_id) = 1
             AND coalesce(aceptado_en < ofrecido_hasta, true) END);
ALTER TABLE registro_mandato ALTER COLUMN otorgado_por DROP DEFAULT;
ALTER TABLE registro_mandato
    DROP CONSTRAINT ck_registro_mandato_conjunto_de_personas,
    ADD CONSTRAINT ck_registro_mandato_conjunto_de_personas
        CHECK (grupo_firma IS NULL OR apoderado_unidad_id IS NULL);
GRANT UPDATE (aceptado_en, apoderado_persona_id) ON registro_mandato TO qhatu_aplicacion;
CREATE INDEX ix_registro_mandato_cedula ON registro_mandato (apoderado_cedula) WHERE aceptado_en IS NULL;

ALTER TABLE registro_asiento DROP CONSTRAINT ck_registro_asiento_operacion;
ALTER TABLE registro_asiento ADD CONSTRAINT ck_registro_asiento_operacion CHECK (
    operacion IN ('crear', 'editar', 'presentar', 'observar', 'inscribir', 'suspender', 'rehabilitar', 'cancelar',
    'restaurar', 'otorgar_mandato', 'aceptar_mandato', 'revocar_mandato', 'solicitar_habilitacion',
    'otorgar_habilitacion', 'rechazar_habilitacion', 'suspender_habilitacion'));

-- In what a grant goes beyond one of the mandates by which it was given; NULL when in nothing. The trigger asks it
-- of what is written, and `qhatu verify` of what is there.
CREATE FUNCTION registro_mandato_excede(m registro_mandato, o registro_mandato) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN NOT registro_mandato_vigente(o, m.creado_en) THEN 'el mandato con que se otorga no vale en ese momento'
        -- The registry's authority gives in the units of others, by its procedures.
        WHEN 'REGULAR' = ANY (o.facultades) AND o.unidad_id <> m.unidad_id THEN NULL
        WHEN m.delegado_de = o.id AND NOT (o.subdelegable AND m.facultades <@ o.facultades AND NOT m.subdelegable)
            THEN 'delega lo que no se puede delegar'
        WHEN NOT m.facultades <@ (o.facultades || CASE WHEN 'ADMINISTRAR' = ANY (o.facultades) THEN
                ARRAY['CONSULTAR', 'TRAMITAR', 'PRESENTAR', 'FIRMAR', 'BUZON', 'VENDER', 'DESPACHAR', 'OFERTAR',
                      'COMPRAR', 'EVALUAR', 'PAGAR'] ELSE '{}' END)
            THEN 'da facultades que no se tienen'
        WHEN m.delegado_de IS NULL AND NOT 'ADMINISTRAR' = ANY (o.facultades) THEN 'otorga quien no administra'
        WHEN coalesce(m.monto_limite, 9223372036854775807) > o.monto_limite
          OR coalesce(m.limite_dia, 9223372036854775807) > o.limite_dia
          OR coalesce(m.limite_mes, 9223372036854775807) > o.limite_mes THEN 'da más monto del que se tiene'
        WHEN coalesce(m.valido_hasta, 'infinity') > o.valido_hasta THEN 'dura más que el mandato con que se otorga'
        WHEN m.apoderado_persona_id = o.apoderado_persona_id THEN 'nadie se otorga un mandato a sí mismo' END
$$;

CREATE FUNCTION registro_otorgar_mandato() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    o registro_mandato;
    origen uuid;
    exceso text;
BEGIN
    IF least(NEW.valido_desde, NEW.creado_en) < nucleo_ahora() - interval '10 minutes' THEN
        RAISE EXCEPTION 'un mandato no vale hacia atrás' USING ERRCODE = 'check_violation';
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
CREATE TRIGGER otorgar BEFORE INSERT ON registro_mandato
    FOR EACH ROW EXECUTE FUNCTION registro_otorgar_mandato();

-- A mandate is never edited: it is offered, accepted once, and revoked; a revocation is brought forward, never
-- postponed, and nothing is written into the past.
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
    ) THEN
        RAISE EXCEPTION 'el apoderado es quien acepta, con esa cédula' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
