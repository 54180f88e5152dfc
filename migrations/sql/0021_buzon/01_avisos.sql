-- Notices have a kind, whether they notify with legal effect, and a group; the words are searched.

CREATE TEXT SEARCH CONFIGURATION ciudadania_es (COPY = pg_catalog.spanish);
ALTER TEXT SEARCH CONFIGURATION ciudadania_es
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, spanish_stem;

DROP TRIGGER ciudadania_notificacion_inmutable ON ciudadania_notificacion;

-- What was delivered before: about one's own unit came from the authority of the registry, so it had effect; the rest
-- were news. Each stands alone.
ALTER TABLE ciudadania_notificacion
    ADD COLUMN clase text NOT NULL DEFAULT 'general',
    ADD COLUMN legal boolean NOT NULL DEFAULT false,
    ADD COLUMN grupo uuid,
    ADD COLUMN destinatario_id uuid GENERATED ALWAYS AS (coalesce(persona_id, unidad_id)) STORED,
    ADD COLUMN busqueda tsvector GENERATED ALWAYS AS
        (to_tsvector('ciudadania_es'::regconfig, (asunto || ' '::text) || cuerpo)) STORED;
UPDATE ciudadania_notificacion SET grupo = id, legal = coalesce(enlace LIKE '/mis-unidades%', false);
ALTER TABLE ciudadania_notificacion
    ALTER COLUMN clase DROP DEFAULT,
    ALTER COLUMN legal DROP DEFAULT,
    ALTER COLUMN grupo SET NOT NULL,
    ADD CONSTRAINT ck_ciudadania_notificacion_clase CHECK (clase ~ '^[a-z_]+(\.[a-z_]+)*$'),
    ADD CONSTRAINT ck_ciudadania_notificacion_legal_sola CHECK (NOT legal OR grupo = id);

DROP INDEX ix_ciudadania_notificacion_persona;
DROP INDEX ix_ciudadania_notificacion_unidad;
DROP INDEX ix_ciudadania_notificacion_persona_sin_leer;
DROP INDEX ix_ciudadania_notificacion_unidad_sin_leer;
CREATE INDEX ix_ciudadania_notificacion_destinatario ON ciudadania_notificacion (destinatario_id, creado_en, id);
CREATE INDEX ix_ciudadania_notificacion_sin_leer ON ciudadania_notificacion (destinatario_id, grupo)
    WHERE leido_en IS NULL;
CREATE INDEX ix_ciudadania_notificacion_grupo ON ciudadania_notificacion (grupo, creado_en, id);
CREATE INDEX ix_ciudadania_notificacion_busqueda ON ciudadania_notificacion USING gin (busqueda);

CREATE TRIGGER ciudadania_notificacion_inmutable BEFORE UPDATE ON ciudadania_notificacion
    FOR EACH ROW WHEN (OLD.leido_en IS NOT NULL
        OR (NEW.id, NEW.persona_id, NEW.unidad_id, NEW.clase, NEW.legal, NEW.grupo, NEW.asunto, NEW.cuerpo,
            NEW.enlace, NEW.creado_en)
        IS DISTINCT FROM
           (OLD.id, OLD.persona_id, OLD.unidad_id, OLD.clase, OLD.legal, OLD.grupo, OLD.asunto, OLD.cuerpo,
            OLD.enlace, OLD.creado_en))
    EXECUTE FUNCTION ciudadania_no_se_reescribe();

-- "Read" is what a proof says, never a mark alone; and what is a person's own, only that person reads.
CREATE FUNCTION ciudadania_leido_con_prueba() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM ciudadania_lectura
                   WHERE notificacion_id = NEW.id AND leido_en = NEW.leido_en) THEN
        RAISE EXCEPTION 'la notificación % no tiene constancia de esa lectura', NEW.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ciudadania_notificacion_leida BEFORE UPDATE ON ciudadania_notificacion
    FOR EACH ROW WHEN (NEW.leido_en IS NOT NULL AND OLD.leido_en IS NULL)
    EXECUTE FUNCTION ciudadania_leido_con_prueba();

CREATE FUNCTION ciudadania_lectura_propia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM ciudadania_notificacion
               WHERE id = NEW.notificacion_id AND persona_id <> NEW.persona_id) THEN
        RAISE EXCEPTION 'la notificación % es de otra persona', NEW.notificacion_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ciudadania_lectura_propia BEFORE INSERT ON ciudadania_lectura
    FOR EACH ROW EXECUTE FUNCTION ciudadania_lectura_propia();
