-- What the search reads, all in one table: what it filters by, names without accents for trigrams, and a weighted
-- Spanish document. It ranks tens of thousands of matches without touching the units.

CREATE TEXT SEARCH CONFIGURATION registro_es (COPY = pg_catalog.spanish);
ALTER TEXT SEARCH CONFIGURATION registro_es
    ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, spanish_stem;

CREATE FUNCTION registro_indexar() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    lugar TEXT;
    rubro TEXT;
BEGIN
    SELECT concat_ws(' ', m.nombre, m.otro_nombre, p.nombre, d.nombre) INTO lugar
      FROM registro_municipio m
      JOIN registro_provincia p ON p.ine = m.provincia_ine
      JOIN registro_departamento d ON d.ine = m.departamento_ine
     WHERE m.ine = NEW.municipio_ine;
    SELECT a.nombre INTO rubro FROM registro_actividad a WHERE a.codigo = NEW.actividad_ciiu;
    INSERT INTO registro_busqueda (unidad_id, estado, tipo, municipio_ine, nombre, texto)
    VALUES (
        NEW.id,
        NEW.estado,
        NEW.tipo,
        NEW.municipio_ine,
        nucleo_sin_acentos(concat_ws(' ', NEW.denominacion, NEW.nombre_comercial)),
        setweight(to_tsvector('registro_es', concat_ws(' ', NEW.denominacion, NEW.nombre_comercial)), 'A')
            || setweight(to_tsvector('registro_es', coalesce(lugar, '')), 'B')
            || setweight(to_tsvector('registro_es', coalesce(rubro, '')), 'C')
            || setweight(to_tsvector('registro_es', coalesce(NEW.descripcion, '')), 'D')
    )
    ON CONFLICT (unidad_id) DO UPDATE SET
        estado = EXCLUDED.estado, tipo = EXCLUDED.tipo, municipio_ine = EXCLUDED.municipio_ine,
        nombre = EXCLUDED.nombre, texto = EXCLUDED.texto;
    RETURN NULL;
END $$;

CREATE TRIGGER indexar
    AFTER INSERT OR UPDATE OF estado, tipo, denominacion, nombre_comercial, municipio_ine, actividad_ciiu, descripcion
    ON registro_unidad FOR EACH ROW EXECUTE FUNCTION registro_indexar();
