-- What was read stays as it was read.
CREATE TRIGGER inmutable BEFORE UPDATE OR DELETE ON feria_historia_linea
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER inmutable BEFORE UPDATE OR DELETE ON feria_historia_proceso
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER inmutable BEFORE UPDATE OR DELETE ON feria_historia_item
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER inmutable BEFORE UPDATE OR DELETE ON feria_historia_adjudicado
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();

-- A line comes in once, in its turn, while its file is read: after those that are in, and of the format of its file.
-- Asked once a statement, in place of a foreign key, which would ask it of each of a million rows; no file goes away.
-- The arguments are the formats of the table.
CREATE FUNCTION feria_historia_en_turno() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT archivo_id, min(linea) AS primera FROM nuevas GROUP BY archivo_id) n
        LEFT JOIN feria_historia_archivo a ON a.id = n.archivo_id
        WHERE a.id IS NULL OR a.estado <> 'en_marcha' OR n.primera <= a.hasta_linea
            OR TG_NARGS > 0 AND a.formato <> ALL (TG_ARGV)
    ) THEN
        RAISE EXCEPTION 'the lines of a file come in once, in their turn' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER feria_historia_en_turno AFTER INSERT ON feria_historia_linea REFERENCING NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION feria_historia_en_turno();
CREATE TRIGGER feria_historia_en_turno AFTER INSERT ON feria_historia_proceso REFERENCING NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION feria_historia_en_turno('convocatorias', 'procesos');
CREATE TRIGGER feria_historia_en_turno AFTER INSERT ON feria_historia_item REFERENCING NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION feria_historia_en_turno('items');
CREATE TRIGGER feria_historia_en_turno AFTER INSERT ON feria_historia_adjudicado REFERENCING NEW TABLE AS nuevas
    FOR EACH STATEMENT EXECUTE FUNCTION feria_historia_en_turno('adjudicados');

-- A file goes forward only, and what it is stays; what it was kept in may be forgotten once it ended.
CREATE FUNCTION feria_historia_archivo_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.estado <> 'en_marcha' AND (to_jsonb(NEW) - 'guardado_id') <> (to_jsonb(OLD) - 'guardado_id')
        OR (NEW.id, NEW.clave, NEW.sha256, NEW.nombre, NEW.formato, NEW.fuente, NEW.visto_en, NEW.bytes, NEW.quien, NEW.creado_en)
            IS DISTINCT FROM
            (OLD.id, OLD.clave, OLD.sha256, OLD.nombre, OLD.formato, OLD.fuente, OLD.visto_en, OLD.bytes, OLD.quien, OLD.creado_en)
        OR NEW.persona_id IS DISTINCT FROM OLD.persona_id
        OR NEW.hasta_byte < OLD.hasta_byte OR NEW.hasta_linea < OLD.hasta_linea OR NEW.hechos < OLD.hechos
        OR NEW.repetidos < OLD.repetidos OR NEW.ilegibles < OLD.ilegibles OR NEW.avisos < OLD.avisos
    THEN
        RAISE EXCEPTION 'a file of history goes forward only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_historia_archivo_guardia BEFORE UPDATE OR DELETE ON feria_historia_archivo
    FOR EACH ROW EXECUTE FUNCTION feria_historia_archivo_guardia();

ALTER TABLE feria_historia_archivo DROP CONSTRAINT IF EXISTS ck_feria_historia_archivo_estado,
    ADD CONSTRAINT ck_feria_historia_archivo_estado CHECK (estado IN ('en_marcha', 'terminado', 'cortado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_historia_archivo FOR EACH ROW
    WHEN (NEW.estado NOT IN ('en_marcha')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_historia_archivo FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'en_marcha' THEN NEW.estado IN ('terminado', 'cortado')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
