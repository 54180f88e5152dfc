-- What may never happen to a unit or a mandate, whoever writes.

-- The same table as `empresa_digital.registro.estados.TRANSICIONES`; a test compares them pair by pair.
CREATE FUNCTION registro_guardar_unidad() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'una unidad económica no se borra, se cancela' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.estado <> 'borrador' THEN
            RAISE EXCEPTION 'una unidad económica nace en borrador' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.numero, NEW.creado_en) IS DISTINCT FROM (OLD.id, OLD.numero, OLD.creado_en) THEN
        RAISE EXCEPTION 'el número de una unidad económica es permanente' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.inscrita_en IS NOT NULL AND NEW.inscrita_en IS DISTINCT FROM OLD.inscrita_en THEN
        RAISE EXCEPTION 'la fecha de inscripción no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.secuencia < OLD.secuencia OR NEW.version < OLD.version THEN
        RAISE EXCEPTION 'la versión de una unidad económica no retrocede' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.estado <> OLD.estado AND NOT (
        (OLD.estado, NEW.estado) IN (
            ('borrador', 'presentada'), ('borrador', 'cancelada'),
            ('presentada', 'observada'), ('presentada', 'inscrita'), ('presentada', 'cancelada'),
            ('observada', 'subsanada'), ('observada', 'cancelada'),
            ('subsanada', 'observada'), ('subsanada', 'inscrita'), ('subsanada', 'cancelada'),
            ('inscrita', 'suspendida'), ('inscrita', 'cancelada'),
            ('suspendida', 'inscrita'), ('suspendida', 'cancelada')
        )
        OR (OLD.estado = 'cancelada' AND NEW.estado = 'inscrita' AND OLD.inscrita_en IS NOT NULL)
        OR (OLD.estado = 'cancelada' AND NEW.estado = 'borrador' AND OLD.inscrita_en IS NULL)
    ) THEN
        RAISE EXCEPTION 'una unidad económica no pasa de % a %', OLD.estado, NEW.estado
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guardar BEFORE INSERT OR UPDATE OR DELETE ON registro_unidad
    FOR EACH ROW EXECUTE FUNCTION registro_guardar_unidad();

-- A mandate is never edited: it is granted and later revoked, once.
CREATE FUNCTION registro_guardar_mandato() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.revocado_en IS NOT NULL
       OR (to_jsonb(NEW) - ARRAY['revocado_en', 'revocado_motivo'])
          <> (to_jsonb(OLD) - ARRAY['revocado_en', 'revocado_motivo']) THEN
        RAISE EXCEPTION 'un mandato no se modifica, se revoca y se otorga otro' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guardar BEFORE UPDATE OR DELETE ON registro_mandato
    FOR EACH ROW EXECUTE FUNCTION registro_guardar_mandato();
