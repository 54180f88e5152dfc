-- An offer is held for the days that were asked for, from when it is: to the end of the last one in Bolivia.
CREATE FUNCTION comercio_oferta_se_sostiene() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.sostenida_en NOT BETWEEN nucleo_ahora() - interval '1 hour' AND nucleo_ahora()
       OR NEW.vence_en <> (CAST(CAST(NEW.sostenida_en AT TIME ZONE 'America/La_Paz' AS date) + NEW.dias + 1 AS timestamp)
           AT TIME ZONE 'America/La_Paz') - interval '1 microsecond' THEN
        RAISE EXCEPTION 'una oferta se sostiene los días que se pidieron' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_oferta_se_sostiene BEFORE UPDATE OF estado ON comercio_oferta_sostenida FOR EACH ROW
    WHEN (NEW.estado = 'sostenida' AND OLD.estado <> 'sostenida') EXECUTE FUNCTION comercio_oferta_se_sostiene();
