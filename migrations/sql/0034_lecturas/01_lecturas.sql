-- A proof of reading of a unit's mailbox says by which mandates, and the database takes none without them: who holds
-- none, or holds one that gives no reading of the mailbox, proves nothing. What was proved before stays as it is.

ALTER TABLE ciudadania_lectura ADD COLUMN mandatos uuid[] NOT NULL DEFAULT '{}';

-- Whether a chain of mandates lets a person read the mailbox of a unit: the unit's, and theirs in the office it names.
CREATE FUNCTION registro_lee_buzon(p_unidad uuid, p_persona uuid, p_cadena uuid[], p_instante timestamptz)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM registro_mandato m
        WHERE m.id = p_cadena[1] AND m.unidad_id = p_unidad AND m.facultades && ARRAY['BUZON', 'ADMINISTRAR']
            AND registro_mandato_vigente(m, p_instante)
            AND CASE cardinality(p_cadena)
                WHEN 1 THEN m.apoderado_persona_id = p_persona
                WHEN 2 THEN EXISTS (
                    SELECT FROM registro_mandato propio
                    WHERE propio.id = p_cadena[2] AND propio.unidad_id = m.apoderado_unidad_id
                        AND propio.apoderado_persona_id = p_persona
                        AND propio.facultades && ARRAY['BUZON', 'ADMINISTRAR']
                        AND registro_mandato_vigente(propio, p_instante))
                ELSE false END)
$$;

CREATE OR REPLACE FUNCTION ciudadania_lectura_propia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    de_persona uuid;
    de_unidad uuid;
BEGIN
    SELECT persona_id, unidad_id INTO de_persona, de_unidad
    FROM ciudadania_notificacion WHERE id = NEW.notificacion_id;
    IF de_persona <> NEW.persona_id THEN
        RAISE EXCEPTION 'la notificación % es de otra persona', NEW.notificacion_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF de_persona IS NULL AND NOT registro_lee_buzon(de_unidad, NEW.persona_id, NEW.mandatos, NEW.leido_en) THEN
        RAISE EXCEPTION 'ningún mandato deja a % leer la notificación %', NEW.persona_id, NEW.notificacion_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
