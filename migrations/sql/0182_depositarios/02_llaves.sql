-- A key that somebody brought late asks for another rehearsal.
DROP INDEX uq_feria_llave_ensayo;
CREATE INDEX ix_feria_llave_ensayo ON feria_llave (resguardo_id, creada_en) WHERE convocatoria_id IS NULL;

-- As 0173_sobres has it; and in the transaction that publishes it, from a group of which enough are left.
CREATE OR REPLACE FUNCTION feria_llave_al_publicar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.convocatoria_id IS NULL THEN
        PERFORM 1 FROM feria_resguardo r WHERE r.id = NEW.resguardo_id AND r.estado = 'ensayo';
    ELSE
        PERFORM 1 FROM feria_convocatoria c JOIN feria_resguardo r ON r.unidad_id = c.unidad_id
        WHERE c.id = NEW.convocatoria_id AND r.id = NEW.resguardo_id AND r.estado = 'vigente'
            AND c.estado = 'publicado' AND c.vence_en > nucleo_ahora()
            AND c.publicado_en >= nucleo_ahora() - (clock_timestamp() - transaction_timestamp())
            AND NOT EXISTS (SELECT FROM feria_oferta o WHERE o.convocatoria_id = c.id)
            AND r.umbral <= (
                SELECT count(*) FROM feria_depositario d WHERE d.resguardo_id = r.id AND d.perdida_en IS NULL);
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a key is made when its process is published' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- What was brought and rehearsed until now is said in the public log too.
SELECT count(constancia_anotar('clave_de_depositario', resguardo_id::text, numero || '|' || encode(publica, 'hex')))
FROM feria_depositario WHERE publica IS NOT NULL;
SELECT count(constancia_anotar('depositarios_de_llaves', r.id::text, 'vigente|' || r.umbral || '|' || (
    SELECT string_agg(encode(d.publica, 'hex'), '|' ORDER BY d.numero)
    FROM feria_depositario d WHERE d.resguardo_id = r.id)))
FROM feria_resguardo r WHERE r.vigente_desde IS NOT NULL;
