CREATE FUNCTION feria_ocds_release_sigue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.transaccion := pg_current_xact_id()::text::bigint;
    IF NEW.secuencia > 1 AND NOT EXISTS (
        SELECT FROM feria_ocds_release r WHERE r.convocatoria_id = NEW.convocatoria_id
            AND r.secuencia = NEW.secuencia - 1 AND r.fecha <= NEW.fecha
    ) THEN
        RAISE EXCEPTION 'a release follows the one before it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_ocds_release_sigue BEFORE INSERT ON feria_ocds_release
    FOR EACH ROW EXECUTE FUNCTION feria_ocds_release_sigue();

CREATE FUNCTION feria_ocds_release_compilada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM feria_ocds_compilado c
        WHERE c.convocatoria_id = NEW.convocatoria_id AND c.secuencia >= NEW.secuencia
    ) THEN
        RAISE EXCEPTION 'a release is compiled when it is written' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER feria_ocds_release_compilada AFTER INSERT ON feria_ocds_release
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION feria_ocds_release_compilada();

CREATE FUNCTION feria_ocds_compilado_sigue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.convocatoria_id <> OLD.convocatoria_id OR NEW.secuencia <> OLD.secuencia + 1 THEN
        RAISE EXCEPTION 'what is compiled takes the next release' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_ocds_compilado_sigue BEFORE UPDATE OR DELETE ON feria_ocds_compilado
    FOR EACH ROW EXECUTE FUNCTION feria_ocds_compilado_sigue();
