-- The stemmer takes «collar» for a verb («coll») and leaves its plural («collar»), leaves short plurals («ollas») and those
-- of borrowed words («jeans», «ajis») as they are, and «dulces» was read as «dulz». So it is given the singular: of «luces»,
-- «luz»; of «panes», «collares», «virgenes», «franceses», without «es»; of the others without «s». What is no plural and ends so
-- («virus») is cut alike wherever it is written; «gris», «anis» and «autobus» have plurals that need their «s».
CREATE FUNCTION comercio_singular(palabra text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN palabra NOT LIKE '%s' THEN palabra
        WHEN palabra ~ '.[aeiou]ces$' THEN left(palabra, -3) || 'z'
        WHEN palabra ~ '(.[aeiou][dlnr]|...es)es$' THEN left(palabra, -2)
        WHEN palabra ~ '^([aeiou][^aeiou]+[ao]|[aeiou][^aeiou]e|te|pie)s$|..[^aeiousx]s$'
            OR palabra ~ '.[^aeiou][iu]s$' AND palabra !~ '^(gris|anis|.*bus)$' THEN left(palabra, -1)
        ELSE palabra
    END
$$;

-- A word that the stemmer would drop is its own stem.
CREATE OR REPLACE FUNCTION comercio_raiz(palabra text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(
        (ts_lexize('spanish_stem', public.comercio_singular(palabra)))[1], public.comercio_singular(palabra))
$$;

-- What was read with the stems of before is read again, where they are others now.
UPDATE comercio_vocablo SET palabra = palabra WHERE raiz <> comercio_raiz(palabra);
UPDATE comercio_producto SET titulo = titulo;
UPDATE alertas_alerta a SET terminos = n.terminos, ancla = n.terminos[1]
FROM (
    SELECT id, ARRAY(
            SELECT 'p:' || raiz FROM (
                SELECT DISTINCT comercio_raiz(p) FROM unnest(comercio_palabras(criterios ->> 'q')) AS p
                WHERE NOT comercio_es_vacia(p)) AS r (raiz)
            ORDER BY -length(raiz), raiz COLLATE "C")
        || ARRAY(SELECT t FROM unnest(terminos) WITH ORDINALITY AS u (t, lugar) WHERE t NOT LIKE 'p:%' ORDER BY lugar) AS terminos
    FROM alertas_alerta WHERE emparejador = 'comercio.productos' AND baja_en IS NULL AND criterios ->> 'q' <> '') AS n
WHERE n.id = a.id AND n.terminos <> a.terminos;
