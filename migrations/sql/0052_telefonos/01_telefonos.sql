-- One writing of telephones: E.164. What was typed before is brought to it where it can be told apart (eight
-- digits, or 591 and eight, are Bolivian; what begins with + says its country); of the rest, the digits stay.
CREATE FUNCTION pg_temp.e164(escrito text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN cifras ~ '^[2-8][0-9]{7}$' THEN '+591' || cifras
        WHEN cifras ~ '^(00)?591[2-8][0-9]{7}$' THEN '+591' || right(cifras, 8)
        WHEN escrito ~ '^\s*\(?\+' AND cifras ~ '^[1-9][0-9]{6,14}$' THEN '+' || cifras
        ELSE cifras
    END
    FROM (SELECT regexp_replace(escrito, '[^0-9]', '', 'g') AS cifras) AS limpio
$$;

-- What was bought does not change; how its telephone is written may, once.
ALTER TABLE comercio_compra DISABLE TRIGGER comercio_compra_inmutable;
UPDATE comercio_compra SET telefono = pg_temp.e164(telefono) WHERE telefono <> pg_temp.e164(telefono);
ALTER TABLE comercio_compra ENABLE TRIGGER comercio_compra_inmutable;
ALTER TABLE comercio_compra ADD CONSTRAINT ck_comercio_compra_telefono CHECK (telefono ~ '^\+?[0-9]{5,20}$');

UPDATE envios_envio SET destinatario_telefono = pg_temp.e164(destinatario_telefono)
    WHERE destinatario_telefono <> pg_temp.e164(destinatario_telefono);
ALTER TABLE envios_envio ADD CONSTRAINT ck_envios_envio_destinatario_telefono
    CHECK (destinatario_telefono ~ '^(\+?[0-9]{5,20})?$');

-- A telephone that finds a person is never half read.
UPDATE ciudadania_persona SET celular = pg_temp.e164(celular) WHERE celular <> pg_temp.e164(celular);
UPDATE ciudadania_persona SET celular = NULL WHERE celular !~ '^\+[1-9][0-9]{6,14}$';
ALTER TABLE ciudadania_persona ADD CONSTRAINT ck_ciudadania_persona_celular_e164
    CHECK (celular ~ '^\+[1-9][0-9]{6,14}$');

DROP FUNCTION pg_temp.e164(text);
