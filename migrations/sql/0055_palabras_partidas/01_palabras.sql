-- «Faja/cinturón» is two words: PostgreSQL's parser takes what has a slash for a file's name, one word that
-- nobody looks for. What joins words in writing is a space for the searches.
CREATE FUNCTION nucleo_en_palabras(texto text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(texto, '/\_|+', '     ')
$$;

CREATE OR REPLACE FUNCTION comercio_producto_indexar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.busqueda :=
        setweight(to_tsvector('comercio_es', nucleo_en_palabras(NEW.titulo)), 'A')
        || setweight(to_tsvector('comercio_es', (
               SELECT string_agg(nombre, ' ') FROM comercio_categoria
               WHERE codigo IN (NEW.categoria_codigo, NEW.raiz_codigo))), 'B')
        || setweight(to_tsvector('comercio_es', nucleo_en_palabras(
               NEW.vendedor_nombre || ' ' || NEW.lugar || ' ' || NEW.sku)), 'C')
        || setweight(to_tsvector('comercio_es', nucleo_en_palabras(NEW.descripcion)), 'D');
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION feria_convocatoria_indexar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.busqueda :=
        setweight(to_tsvector('feria_es', nucleo_en_palabras(NEW.titulo)), 'A')
        || setweight(to_tsvector('feria_es', nucleo_en_palabras(NEW.texto_busqueda)), 'B')
        || setweight(to_tsvector('feria_es', nucleo_en_palabras(NEW.descripcion)), 'D');
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION registro_indexar() RETURNS TRIGGER LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
        setweight(to_tsvector('registro_es', nucleo_en_palabras(
                concat_ws(' ', NEW.denominacion, NEW.nombre_comercial))), 'A')
            || setweight(to_tsvector('registro_es', coalesce(lugar, '')), 'B')
            || setweight(to_tsvector('registro_es', coalesce(rubro, '')), 'C')
            || setweight(to_tsvector('registro_es', nucleo_en_palabras(coalesce(NEW.descripcion, ''))), 'D')
    )
    ON CONFLICT (unidad_id) DO UPDATE SET
        estado = EXCLUDED.estado, tipo = EXCLUDED.tipo, municipio_ine = EXCLUDED.municipio_ine,
        nombre = EXCLUDED.nombre, texto = EXCLUDED.texto;
    RETURN NULL;
END $$;

-- What is written already with such signs is read again; of a unit, when it next changes.
UPDATE comercio_producto SET titulo = titulo
    WHERE concat(titulo, descripcion, vendedor_nombre, lugar, sku) ~ '[/\\_|+]';
ALTER TABLE feria_convocatoria DISABLE TRIGGER USER;
UPDATE feria_convocatoria SET busqueda =
        setweight(to_tsvector('feria_es', nucleo_en_palabras(titulo)), 'A')
        || setweight(to_tsvector('feria_es', nucleo_en_palabras(texto_busqueda)), 'B')
        || setweight(to_tsvector('feria_es', nucleo_en_palabras(descripcion)), 'D')
    WHERE concat(titulo, texto_busqueda, descripcion) ~ '[/\\_|+]';
ALTER TABLE feria_convocatoria ENABLE TRIGGER USER;
