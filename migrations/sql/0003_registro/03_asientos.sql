-- Entries are never changed or removed, and each takes its place in one public sequence.

CREATE TRIGGER inmutable BEFORE UPDATE OR DELETE OR TRUNCATE ON registro_asiento
    FOR EACH STATEMENT EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER inmutable BEFORE UPDATE OR DELETE OR TRUNCATE ON registro_cambio
    FOR EACH STATEMENT EXECUTE FUNCTION nucleo_inmutable();

-- Runs while the transaction commits. The lock is the last one taken and is held until the commit is visible: the
-- order of numbers is the order of commits, and only that instant is serialised, not the work before it.
CREATE FUNCTION registro_numerar() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('registro_cambio'));
    INSERT INTO registro_cambio (numero, asiento_id)
    SELECT coalesce(max(numero), 0) + 1, NEW.id FROM registro_cambio;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER numerar AFTER INSERT ON registro_asiento
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registro_numerar();
