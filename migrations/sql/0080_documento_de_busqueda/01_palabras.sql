-- How the search reads words. What is written and what is looked for go through the same functions.

-- Words in order: lower case, without accents, an apostrophe is no border («ch'ullu» is one word).
CREATE FUNCTION comercio_palabras(texto text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(p ORDER BY n), '{}') FROM regexp_split_to_table(
        regexp_replace(public.nucleo_sin_acentos(public.nucleo_en_palabras(texto)), '[''’‘ʼ`´]', '', 'g'), '[^a-z0-9]+'
    ) WITH ORDINALITY AS t (p, n) WHERE p <> ''
$$;

-- Words that say nothing of what is sold. «Té» without its accent is no such word.
CREATE FUNCTION comercio_es_vacia(palabra text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT palabra = ANY (
        '{a,al,con,cual,de,del,e,el,en,es,la,las,lo,los,ni,o,para,pero,por,que,se,sin,sobre,su,sus,u,un,una,unas,unos,y}'
    )
$$;

-- The stem; «lápices» has that of «lápiz». A word that the stemmer would drop is its own stem.
CREATE FUNCTION comercio_raiz(palabra text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce((ts_lexize('spanish_stem', regexp_replace(palabra, '^(.{2,})ces$', '\1z')))[1], palabra)
$$;

-- How it sounds here: what people confuse in writing is one letter («kinwa» and «quinua», «sapoña» and «zapoña»).
CREATE FUNCTION comercio_sonido(palabra text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(p, '(.)\1+', '\1', 'g') FROM (
        SELECT translate(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
            regexp_replace(regexp_replace(regexp_replace(
                regexp_replace(palabra, '(gu|hu|w)(?=[ao])', 'w', 'g'),
                'qu(?=[ei])', 'k', 'g'), 'c(?=[ei])', 's', 'g'), 'ch', '1', 'g'), 'sh', '1', 'g'),
                'll', 'y', 'g'), 'h', '', 'g'), 'n(?=[bpv])', 'm', 'g'), 'u(?=[aeio])', 'w', 'g'),
            'cqvzx', 'kkbss') AS p
    ) AS t
$$;

-- What a product is found by: «^» its first word, «=» the words of its title, «+» their stems, and plain the
-- stems of all that is said of it. A set of lexemes: its order does not matter, so that an index can answer it.
CREATE FUNCTION comercio_documento(titulo text, resto text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    WITH del_titulo AS (
        SELECT p, n FROM unnest(public.comercio_palabras(titulo)) WITH ORDINALITY AS t (p, n) WHERE NOT public.comercio_es_vacia(p)
    )
    SELECT array_to_tsvector(array_agg(DISTINCT l)) FROM (
        SELECT '^' || p AS l FROM (SELECT p FROM del_titulo ORDER BY n LIMIT 1) AS primera
        UNION ALL SELECT '^+' || public.comercio_raiz(p) FROM (SELECT p FROM del_titulo ORDER BY n LIMIT 1) AS primera
        UNION ALL SELECT '=' || p FROM del_titulo
        UNION ALL SELECT '+' || public.comercio_raiz(p) FROM del_titulo
        UNION ALL SELECT public.comercio_raiz(p) FROM del_titulo
        UNION ALL SELECT public.comercio_raiz(p) FROM unnest(public.comercio_palabras(resto)) AS p WHERE NOT public.comercio_es_vacia(p)
    ) AS lexemas
$$;

-- Reads in the order in which it is asked: what stops at the first rows of an ordered union must not be run in parts.
CREATE FUNCTION comercio_nivel(nivel integer) RETURNS integer LANGUAGE plpgsql STABLE PARALLEL UNSAFE AS $$
BEGIN
    RETURN nivel;
END $$;
