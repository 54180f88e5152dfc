-- Whether somebody may sell for a unit by a mandate of their own, alone or with others.
CREATE FUNCTION registro_vende(p_persona uuid, p_unidad uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM registro_mandato m
        WHERE m.apoderado_persona_id = p_persona AND m.unidad_id = p_unidad
          AND m.facultades && ARRAY['VENDER', 'ADMINISTRAR'] AND registro_mandato_vigente(m, nucleo_ahora()))
$$;

-- Nobody buys from a unit that they sell for (one that they sell for through an office is the application's to see).
CREATE FUNCTION comercio_pedido_ajeno() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF registro_vende(NEW.comprador_id, NEW.vendedor_id) THEN
        RAISE EXCEPTION 'quien compra no puede vender por quien vende' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_pedido_ajeno BEFORE INSERT ON comercio_pedido
    FOR EACH ROW EXECUTE FUNCTION comercio_pedido_ajeno();
