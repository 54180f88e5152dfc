-- Whether a person acts for a unit now, by its own mandate or through an office of theirs.
CREATE FUNCTION registro_representa(p_persona uuid, p_unidad uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM registro_mandato m
        WHERE m.unidad_id = p_unidad AND registro_mandato_vigente(m, nucleo_ahora())
            AND (m.apoderado_persona_id = p_persona OR EXISTS (
                SELECT FROM registro_mandato p
                WHERE p.unidad_id = m.apoderado_unidad_id AND p.apoderado_persona_id = p_persona
                    AND registro_mandato_vigente(p, nucleo_ahora())
                    AND registro_asignado(m.id, p_persona, nucleo_ahora()))))
$$;

-- Who is named works for the entity, holds no role that excludes it, and is not on both sides.
CREATE FUNCTION feria_designacion_nace() RETURNS trigger LANGUAGE plpgsql AS $$
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
        SELECT FROM feria_oferta o WHERE o.convocatoria_id = c.id AND o.estado = 'vigente'
            AND registro_representa(NEW.persona_id, o.unidad_id)
    ) THEN
        RAISE EXCEPTION 'nobody is on both sides' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (
        SELECT FROM feria_designacion d JOIN feria_incompatibilidad i
            ON (i.papel, i.con) IN ((d.papel, NEW.papel), (NEW.papel, d.papel))
        WHERE d.unidad_id = NEW.unidad_id AND d.persona_id = NEW.persona_id AND d.cesada_en IS NULL
            AND (d.hasta IS NULL OR d.hasta > nucleo_ahora())
            AND (d.convocatoria_id IS NULL OR NEW.convocatoria_id IS NULL OR d.convocatoria_id = NEW.convocatoria_id)
            AND i.confirmado AND i.vigente_desde <= hoy AND (i.vigente_hasta IS NULL OR i.vigente_hasta >= hoy)
    ) THEN
        RAISE EXCEPTION 'one person does not hold both roles' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_designacion_nace BEFORE INSERT ON feria_designacion
    FOR EACH ROW EXECUTE FUNCTION feria_designacion_nace();
CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_designacion
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez();

CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_excusa
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez('estado');
-- Of who holds a role of a process, by themselves or by who bid once it is known; in its term it is resolved, and then
-- silence answers: who excused themselves is out, who was recused stays.
CREATE FUNCTION feria_excusa_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (
            SELECT FROM feria_designacion d JOIN feria_convocatoria c ON c.id = d.convocatoria_id
            WHERE d.id = NEW.designacion_id AND d.cesada_en IS NULL AND (NEW.clase = 'excusa' OR c.abierto_en IS NOT NULL
                AND EXISTS (SELECT FROM feria_oferta o WHERE o.convocatoria_id = c.id AND o.unidad_id = NEW.unidad_id
                    AND o.estado = 'vigente'))
        ) THEN
            RAISE EXCEPTION 'only who holds a role is left out' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.estado <> OLD.estado AND (NEW.tacita <> (nucleo_ahora() >= OLD.resolver_hasta) OR NEW.tacita
        AND NEW.estado NOT IN ('sin_objeto', CASE OLD.clase WHEN 'excusa' THEN 'aceptada' ELSE 'rechazada' END)) THEN
        RAISE EXCEPTION 'a recusal is resolved in its term' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_excusa_guardia BEFORE INSERT OR UPDATE ON feria_excusa
    FOR EACH ROW EXECUTE FUNCTION feria_excusa_guardia();

-- What `VIDA_EXCUSA.sql()` prints.
ALTER TABLE feria_excusa DROP CONSTRAINT IF EXISTS ck_feria_excusa_estado,
    ADD CONSTRAINT ck_feria_excusa_estado CHECK (estado IN ('presentada', 'aceptada', 'rechazada', 'sin_objeto'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_excusa FOR EACH ROW
    WHEN (NEW.estado NOT IN ('presentada')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_excusa FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'presentada' THEN NEW.estado IN ('aceptada', 'rechazada', 'sin_objeto')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
