CREATE TRIGGER comercio_cita_inmutable BEFORE UPDATE OF id, pedido_id, agenda_id, puesto, inicio, fin, cancelar_hasta,
    propuso, creada_en ON comercio_cita FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_cita_sin_borrado BEFORE DELETE ON comercio_cita
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_servicio_cita_inmutable BEFORE UPDATE OF agenda_id, duracion_min ON comercio_servicio
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();

-- A place is one of those that its agenda has at once, and the appointment as long as it was sold. The agenda's row
-- is held, so that it does not shrink meanwhile.
CREATE FUNCTION comercio_cita_nace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM comercio_agenda WHERE id = NEW.agenda_id AND NEW.puesto <= capacidad FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'esa agenda no atiende a tantos a la vez' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'ck_comercio_cita_capacidad';
    END IF;
    IF NOT EXISTS (
        SELECT FROM comercio_servicio
        WHERE pedido_id = NEW.pedido_id AND estado = 'agendado'
          AND NEW.fin = NEW.inicio + duracion_min * interval '1 minute') THEN
        RAISE EXCEPTION 'una cita es de un servicio por hacer, tan larga como se vendió'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_comercio_cita_servicio';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_cita_nace BEFORE INSERT ON comercio_cita
    FOR EACH ROW EXECUTE FUNCTION comercio_cita_nace();
