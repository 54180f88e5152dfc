-- A use comes back when all that it was used for was cancelled, whoever writes it: else who bought would use it again.
CREATE FUNCTION comercio_exigir_cupon_devuelto() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT coalesce((
            SELECT bool_and(o.estado = 'cancelado') FROM comercio_cupon c
            JOIN comercio_pedido o ON o.vendedor_id = c.vendedor_id AND o.compra_id = NEW.compra_id
            WHERE c.id = NEW.cupon_id), false) THEN
        RAISE EXCEPTION 'el cupón de la compra % vuelve cuando se canceló todo lo que se compró con él', NEW.compra_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_comercio_cupon_uso_devuelto';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_cupon_devuelto AFTER INSERT OR UPDATE OF devuelto_en ON comercio_cupon_uso
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.devuelto_en IS NOT NULL)
    EXECUTE FUNCTION comercio_exigir_cupon_devuelto();
