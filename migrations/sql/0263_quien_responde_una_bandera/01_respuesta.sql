-- Of a flag answers the entity of its process, one version after another, by the clock of the database.
CREATE FUNCTION feria_bandera_responde() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM feria_bandera b JOIN feria_mercado_proceso p ON p.id = b.proceso_id
        JOIN feria_convocatoria c ON c.id = p.convocatoria_id AND c.unidad_id = NEW.unidad_id
        WHERE b.id = NEW.bandera_id
    ) THEN
        RAISE EXCEPTION 'a flag is answered by the entity of its process' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.version <> 1 + (SELECT count(*) FROM feria_bandera_respuesta WHERE bandera_id = NEW.bandera_id) THEN
        RAISE EXCEPTION 'an answer follows the one before' USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.respondida_en := nucleo_ahora();
    RETURN NEW;
END $$;
CREATE TRIGGER feria_bandera_responde BEFORE INSERT ON feria_bandera_respuesta
    FOR EACH ROW EXECUTE FUNCTION feria_bandera_responde();
