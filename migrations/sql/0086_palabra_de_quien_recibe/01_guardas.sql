-- An operator's own systems call no event as the platform calls those that it writes itself.
ALTER TABLE envios_evento ADD CONSTRAINT ck_envios_evento_identificador_de_la_casa CHECK (
    fuente NOT IN ('api', 'lote')
    OR evento_cliente_id !~ '^(c|n|e|f|dsp|ruta):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
);

-- An operator declares wrong what it noted: neither the recipient's word, nor before it is said.
CREATE FUNCTION envios_correccion_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    nombrada envios_evento%ROWTYPE;
BEGIN
    SELECT * INTO nombrada FROM envios_evento e
    WHERE e.id = NEW.evento_id OR NEW.evento_cliente_id <> ''
        AND e.operador_unidad_id = NEW.operador_unidad_id AND e.evento_cliente_id = NEW.evento_cliente_id;
    IF nombrada.fuente = 'destinatario' THEN
        RAISE EXCEPTION 'eso lo dijo quien recibe' USING ERRCODE = 'restrict_violation';
    END IF;
    IF nombrada.id IS NULL
        AND NEW.evento_cliente_id ~ '^(c|n|e|f|dsp|ruta):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}' THEN
        RAISE EXCEPTION 'ese identificador lo da la plataforma' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER envios_correccion_guarda BEFORE INSERT ON envios_correccion
    FOR EACH ROW EXECUTE FUNCTION envios_correccion_guarda();
