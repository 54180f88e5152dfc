CREATE OR REPLACE FUNCTION comercio_producto_indexar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.busqueda := coalesce(comercio_documento(NEW.titulo, concat_ws(' ', (
            SELECT string_agg(nombre, ' ') FROM comercio_categoria
            WHERE codigo IN (NEW.categoria_codigo, NEW.raiz_codigo)),
        NEW.vendedor_nombre, NEW.lugar, NEW.sku, NEW.descripcion)), '');
    RETURN NEW;
END $$;

-- Every word of a published title, with its stem and its sound.
ALTER TABLE comercio_vocablo
    ADD COLUMN raiz text GENERATED ALWAYS AS (comercio_raiz(palabra)) STORED NOT NULL,
    ADD COLUMN sonido text GENERATED ALWAYS AS (comercio_sonido(palabra)) STORED NOT NULL;
CREATE INDEX ix_comercio_vocablo_raiz ON comercio_vocablo (raiz);
CREATE INDEX ix_comercio_vocablo_sonido ON comercio_vocablo (sonido text_pattern_ops);

-- Words are inserted in order so that two sellers publishing at once cannot deadlock.
CREATE OR REPLACE FUNCTION comercio_producto_anotar_vocablos() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO comercio_vocablo (palabra)
    SELECT DISTINCT p FROM unnest(comercio_palabras(NEW.titulo)) p
    WHERE length(p) >= 2 AND p !~ '[0-9]' AND NOT comercio_es_vacia(p)
      AND NOT EXISTS (SELECT 1 FROM comercio_vocablo v WHERE v.palabra = p)
    ORDER BY p
    ON CONFLICT (palabra) DO NOTHING;
    RETURN NULL;
END $$;

-- Regional words and the names that things have in Quechua and Aymara, as people look for them: what else is meant.
CREATE TABLE comercio_sinonimo (
    dicho text NOT NULL,
    equivale text NOT NULL,
    sonido text GENERATED ALWAYS AS (comercio_sonido(dicho)) STORED NOT NULL,
    CONSTRAINT pk_comercio_sinonimo PRIMARY KEY (dicho, equivale),
    CONSTRAINT ck_comercio_sinonimo_en_palabras CHECK (
        dicho <> equivale AND dicho = array_to_string(comercio_palabras(dicho), ' ')
        AND equivale = array_to_string(comercio_palabras(equivale), ' '))
);
CREATE INDEX ix_comercio_sinonimo_sonido ON comercio_sinonimo (sonido);
GRANT SELECT ON comercio_sinonimo TO qhatu_aplicacion;

UPDATE comercio_producto SET titulo = titulo;
INSERT INTO comercio_vocablo (palabra)
SELECT DISTINCT p FROM comercio_producto, unnest(comercio_palabras(titulo)) p
WHERE estado = 'publicado' AND length(p) >= 2 AND p !~ '[0-9]' AND NOT comercio_es_vacia(p)
ON CONFLICT DO NOTHING;
