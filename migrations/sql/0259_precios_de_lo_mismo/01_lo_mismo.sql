-- What a description says that it is, so that two writings of one thing are one text: the words of `feria_es`, each once,
-- in the order of the alphabet. Measures are words like any other («500 ml» is not «250 ml»): their abbreviations are
-- spelt, and figures stand apart from letters («KN95» is «KN 95»). Words that say nothing of the thing are left out.
-- Of the history (`de_historia`: its code), SICOES puts before « - » the name of the class, where the code has one.
CREATE FUNCTION feria_lo_que_es(descripcion text, de_historia text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT string_agg(DISTINCT palabra COLLATE "C", ' ' ORDER BY palabra COLLATE "C")
    FROM (
        SELECT CASE
            WHEN raiz IN ('adq', 'adquisicion', 'compr', 'provision', 'tall', 'marc', 'nro', 'numer', 'x') THEN NULL
            WHEN raiz IN ('l', 'lt', 'lts', 'ltr', 'ltrs') THEN 'litr'
            WHEN raiz IN ('cc', 'mls', 'mililitr') THEN 'ml'
            WHEN raiz IN ('g', 'gr', 'grs') THEN 'gram'
            WHEN raiz IN ('kg', 'kgs', 'kilogram') THEN 'kil'
            WHEN raiz IN ('piez', 'pz', 'pza', 'pzas', 'pzs', 'ud', 'uds', 'und', 'unds', 'unids') THEN 'unid'
            ELSE raiz END AS palabra
        FROM unnest(tsvector_to_array(to_tsvector('public.feria_es'::regconfig, regexp_replace(
            regexp_replace(translate(public.unaccent('public.unaccent'::regdictionary, lower(replace(
                CASE WHEN de_historia !~ '0000$' AND descripcion ~ ' - *[^ ]'
                THEN substr(descripcion, strpos(descripcion, ' - ') + 3) ELSE descripcion END
            , '°', 'º'))), '-/\_|+', '      '), '(\d),(?=\d)', '\1.', 'g'),
            '(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])', ' ', 'g')))) AS raiz
    ) palabras
$$;

-- The cluster of what is priced: the same words and the same unit with the same content; none without a unit of the list, without
-- words, or in a unit of which one is whatever was asked for. The name of a cluster is the digest of what it is.
CREATE FUNCTION feria_racimo(es text, unidad text, contenido numeric, contenido_unidad text) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN unidad NOT IN ('conjunto', 'global', 'lote', 'obra', 'servicio') AND es IS NOT NULL THEN
        md5(concat_ws('|', es, unidad, coalesce(trim_scale(contenido)::text, ''), coalesce(contenido_unidad, '')))::uuid
    END
$$;
