-- Every act has its leaf, whoever writes it: which of its process it is, of what kind, and the digest of its text.
CREATE FUNCTION feria_acta_en_la_constancia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM constancia_anotar('acta_de_proceso', NEW.convocatoria_id::text, NEW.numero || '|' || NEW.clase || '|' || NEW.huella);
    RETURN NULL;
END $$;
CREATE TRIGGER feria_acta_en_la_constancia AFTER INSERT ON feria_acta FOR EACH ROW EXECUTE FUNCTION feria_acta_en_la_constancia();

-- Those of before.
SELECT count(constancia_anotar('acta_de_proceso', convocatoria_id::text, numero || '|' || clase || '|' || huella)) FROM feria_acta;

-- Of the processes with a key that closed before: how many bids, and the digest of the hashes of their leaves, in order.
SELECT count(constancia_anotar('ofertas_recibidas', proceso, cuantas || '|' || encode(sha256(hashes), 'hex'))) FROM (
    SELECT c.id::text AS proceso, count(h.hash) AS cuantas,
        coalesce(string_agg(h.hash, ''::bytea ORDER BY h.hash), ''::bytea) AS hashes
    FROM feria_convocatoria c LEFT JOIN constancia_hoja h ON h.tipo = 'oferta_sellada' AND h.objeto = c.id::text
    WHERE EXISTS (SELECT FROM feria_llave l WHERE l.convocatoria_id = c.id)
        AND coalesce(c.abierto_en, c.tecnica_en, c.cerrado_en) IS NOT NULL
    GROUP BY c.id HAVING count(h.hash) = (SELECT count(*) FROM feria_oferta o WHERE o.convocatoria_id = c.id)) cerrados;
