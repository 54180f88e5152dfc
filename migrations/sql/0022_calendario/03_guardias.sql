-- Whoever declares a day writes what and where; the place in the order, and since when it holds, are not theirs.
-- Two minutes ahead, more than a transaction lasts: a term that began before then is counted without the new row
-- also when it is counted again.
CREATE FUNCTION nucleo_feriado_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.fecha < (nucleo_ahora() AT TIME ZONE 'America/La_Paz')::date THEN
        RAISE EXCEPTION 'el % ya pasó', NEW.fecha USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(7170041);
    NEW.creado_en := nucleo_ahora();
    SELECT coalesce(max(numero), 0) + 1, greatest(max(rige_desde), NEW.creado_en + interval '2 minutes')
    INTO NEW.numero, NEW.rige_desde FROM nucleo_feriado;
    RETURN NEW;
END $$;
CREATE TRIGGER nucleo_feriado_guardia BEFORE INSERT ON nucleo_feriado
    FOR EACH ROW EXECUTE FUNCTION nucleo_feriado_guardia();
CREATE TRIGGER nucleo_feriado_inmutable BEFORE UPDATE OR DELETE OR TRUNCATE ON nucleo_feriado
    FOR EACH STATEMENT EXECUTE FUNCTION nucleo_inmutable();
