-- Why a bid could not count is beside it, so that pages need not read the act. Those of before: as their act says.
ALTER TABLE feria_oferta ADD COLUMN falla TEXT;
ALTER TABLE feria_oferta DISABLE TRIGGER USER;
UPDATE feria_oferta o SET falla = i.dicho ->> 'falla'
FROM feria_acta a, json_array_elements(a.contenido::json -> 'invalidas') AS i (dicho)
WHERE a.clase = 'apertura' AND a.convocatoria_id = o.convocatoria_id AND o.estado = 'invalida'
    AND o.huella = i.dicho ->> 'huella';
ALTER TABLE feria_oferta ENABLE TRIGGER USER;
ALTER TABLE feria_oferta ADD CONSTRAINT ck_feria_oferta_falla CHECK ((estado = 'invalida') = (falla IS NOT NULL));
GRANT UPDATE (falla) ON feria_oferta TO qhatu_aplicacion;

-- As 0176_sobres_que_constan has it; and all the envelopes of a process have one length, that of its items.
CREATE OR REPLACE FUNCTION feria_sobre_sellado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_oferta o WHERE o.id = NEW.oferta_id AND CASE
        WHEN EXISTS (SELECT FROM feria_llave l WHERE l.convocatoria_id = o.convocatoria_id)
        THEN o.cantidad_lineas IS NULL AND octet_length(NEW.contenido) = 48 + 1024 + 4864 * (
                SELECT count(*) FROM feria_item i WHERE i.convocatoria_id = o.convocatoria_id)
            AND o.huella_sobre = encode(sha256(NEW.contenido), 'hex')
        ELSE o.cantidad_lineas IS NOT NULL END;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'an envelope is sealed to the key of its process' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
