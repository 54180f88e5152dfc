-- Whether what is asked about a person of an entity could be answered only by that very person: they administer it
-- alone, and nobody else does.
CREATE FUNCTION feria_su_propio_caso(p_unidad uuid, p_persona uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(bool_and(m.apoderado_persona_id IS NOT DISTINCT FROM p_persona), false)
    FROM registro_mandato m
    WHERE m.unidad_id = p_unidad AND 'ADMINISTRAR' = ANY (m.facultades) AND m.firmas_requeridas = 1
        AND registro_mandato_vigente(m, nucleo_ahora())
$$;

-- As 0164_papeles has it; and a role that one held once the envelopes were open excludes as one that one holds, and who
-- was declared invalid, or lapsed, bid too.
CREATE OR REPLACE FUNCTION feria_designacion_nace() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    c feria_convocatoria%ROWTYPE;
    hoy date := (nucleo_ahora() AT TIME ZONE 'America/La_Paz')::date;
BEGIN
    IF NEW.convocatoria_id IS NOT NULL THEN
        SELECT * INTO c FROM feria_convocatoria WHERE id = NEW.convocatoria_id FOR UPDATE;
        IF c.unidad_id <> NEW.unidad_id OR c.estado IN ('borrador', 'cancelado') THEN
            RAISE EXCEPTION 'a role is of a public process of its entity' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    IF NEW.reemplaza_a IS NOT NULL AND NOT EXISTS (
        SELECT FROM feria_designacion d WHERE d.id = NEW.reemplaza_a AND d.papel = NEW.papel
            AND d.unidad_id = NEW.unidad_id AND d.convocatoria_id IS NOT DISTINCT FROM NEW.convocatoria_id
            AND d.cesada_en IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'what is replaced has ended' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.papel = 'responsable' THEN
        RETURN NEW;
    END IF;
    IF NOT registro_representa(NEW.persona_id, NEW.unidad_id) THEN
        RAISE EXCEPTION 'who is named works for the entity' USING ERRCODE = 'restrict_violation';
    END IF;
    IF c.abierto_en IS NOT NULL AND EXISTS (
        SELECT FROM feria_oferta o WHERE o.convocatoria_id = c.id AND o.estado IN ('vigente', 'caducada', 'invalida')
            AND registro_representa(NEW.persona_id, o.unidad_id)
    ) THEN
        RAISE EXCEPTION 'nobody is on both sides' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (
        SELECT FROM feria_designacion d JOIN feria_incompatibilidad i
            ON (i.papel, i.con) IN ((d.papel, NEW.papel), (NEW.papel, d.papel))
        WHERE d.unidad_id = NEW.unidad_id AND d.persona_id = NEW.persona_id
            AND (d.cesada_en IS NULL AND (d.hasta IS NULL OR d.hasta > nucleo_ahora())
                OR least(d.cesada_en, d.hasta) > c.abierto_en)
            AND (d.convocatoria_id IS NULL OR NEW.convocatoria_id IS NULL OR d.convocatoria_id = NEW.convocatoria_id)
            AND i.confirmado AND i.vigente_desde <= hoy AND (i.vigente_hasta IS NULL OR i.vigente_hasta >= hoy)
    ) THEN
        RAISE EXCEPTION 'one person does not hold both roles' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- As 0176_sobres_que_constan has it; and one excuses oneself once of each role, and silence in one's own case leaves one
-- out.
CREATE OR REPLACE FUNCTION feria_excusa_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (
            SELECT FROM feria_designacion d JOIN feria_convocatoria c ON c.id = d.convocatoria_id
            WHERE d.id = NEW.designacion_id AND d.cesada_en IS NULL AND (NEW.clase = 'excusa' OR c.abierto_en IS NOT NULL
                AND EXISTS (SELECT FROM feria_oferta o WHERE o.convocatoria_id = c.id AND o.unidad_id = NEW.unidad_id
                    AND o.estado IN ('vigente', 'caducada', 'invalida')))
        ) THEN
            RAISE EXCEPTION 'only who holds a role is left out' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.clase = 'excusa' AND EXISTS (
            SELECT FROM feria_excusa e WHERE e.designacion_id = NEW.designacion_id AND e.clase = 'excusa'
        ) THEN
            RAISE EXCEPTION 'one is excused once of a role' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.estado <> OLD.estado AND (NEW.tacita <> (nucleo_ahora() >= OLD.resolver_hasta) OR NEW.tacita
        AND NEW.estado NOT IN ('sin_objeto', CASE WHEN OLD.clase = 'excusa' OR (
            SELECT feria_su_propio_caso(d.unidad_id, d.persona_id) FROM feria_designacion d WHERE d.id = OLD.designacion_id
        ) THEN 'aceptada' ELSE 'rechazada' END)) THEN
        RAISE EXCEPTION 'a recusal is resolved in its term' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
