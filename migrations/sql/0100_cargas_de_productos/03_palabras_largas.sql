-- A word is found by its first two hundred letters: an index holds none longer, and a product was refused for it.
CREATE OR REPLACE FUNCTION comercio_documento(titulo text, resto text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    WITH del_titulo AS (
        SELECT p, n FROM unnest(public.comercio_palabras(titulo)) WITH ORDINALITY AS t (p, n) WHERE NOT public.comercio_es_vacia(p)
    )
    SELECT array_to_tsvector(array_agg(DISTINCT l)) FROM (
        SELECT '^' || p AS l FROM (SELECT p FROM del_titulo ORDER BY n LIMIT 1) AS primera
        UNION ALL SELECT '^+' || public.comercio_raiz(p) FROM (SELECT p FROM del_titulo ORDER BY n LIMIT 1) AS primera
        UNION ALL SELECT '=' || p FROM del_titulo
        UNION ALL SELECT '+' || public.comercio_raiz(p) FROM del_titulo
        UNION ALL SELECT public.comercio_raiz(p) FROM del_titulo
        UNION ALL SELECT public.comercio_raiz(left(p, 200)) FROM unnest(public.comercio_palabras(resto)) AS p WHERE NOT public.comercio_es_vacia(p)
    ) AS lexemas
$$;
