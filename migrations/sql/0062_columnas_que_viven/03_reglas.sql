-- A rule begins when it is written or later; its owner alone (a revision) loads what ruled before. The minute is what a
-- transaction may take from its own clock to here.
CREATE FUNCTION pagos_regla_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.vigente_desde < nucleo_ahora() - interval '1 minute'
       AND current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        RAISE EXCEPTION 'una regla rige desde ahora o desde una fecha futura' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_regla_guardia BEFORE INSERT ON pagos_limite
    FOR EACH ROW EXECUTE FUNCTION pagos_regla_guardia();
CREATE TRIGGER pagos_regla_guardia BEFORE INSERT ON pagos_comision
    FOR EACH ROW EXECUTE FUNCTION pagos_regla_guardia();
CREATE TRIGGER pagos_regla_guardia BEFORE INSERT ON pagos_regla_velocidad
    FOR EACH ROW EXECUTE FUNCTION pagos_regla_guardia();
