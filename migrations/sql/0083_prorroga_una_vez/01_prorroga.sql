-- Who receives an item asks for more time once.
CREATE FUNCTION envios_envio_prorroga() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'la espera ya se alargó una vez' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER envios_envio_prorroga BEFORE UPDATE OF prorrogado_en ON envios_envio FOR EACH ROW
    WHEN (OLD.prorrogado_en IS NOT NULL AND NEW.prorrogado_en IS DISTINCT FROM OLD.prorrogado_en)
    EXECUTE FUNCTION envios_envio_prorroga();
