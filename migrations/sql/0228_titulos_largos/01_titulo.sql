-- The titles of real processes run to 918 letters. A trigger of the column keeps its type: it is made again, the same.
DROP TRIGGER feria_convocatoria_indexar ON feria_convocatoria;
ALTER TABLE feria_convocatoria
    ALTER COLUMN titulo TYPE VARCHAR(1000),
    DROP CONSTRAINT ck_feria_convocatoria_titulo,
    ADD CONSTRAINT ck_feria_convocatoria_titulo CHECK (char_length(titulo) BETWEEN 5 AND 1000);
CREATE TRIGGER feria_convocatoria_indexar BEFORE INSERT OR UPDATE OF titulo, descripcion, texto_busqueda
    ON feria_convocatoria FOR EACH ROW EXECUTE FUNCTION feria_convocatoria_indexar();
