-- A C-31 that somebody says was paid is of no day to come.
ALTER TABLE feria_pago ADD CONSTRAINT ck_feria_pago_fecha CHECK (fecha <= (pagado_en AT TIME ZONE 'America/La_Paz')::date);

-- And it pays what was received: it is of no day before the first delivery arrived nor, of what nobody said when it arrived,
-- before its order. What was written before this stays as it is.
CREATE FUNCTION feria_pago_de_su_dia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    desde date;
BEGIN
    SELECT coalesce((SELECT min(e.llego_el) FROM feria_entrega e WHERE e.orden_id = o.id AND e.estado = 'recibida'),
            (o.emitida_en AT TIME ZONE 'America/La_Paz')::date)
        INTO desde FROM feria_orden_de_compra o WHERE o.id = NEW.orden_id;
    IF NEW.fecha < desde THEN
        RAISE EXCEPTION 'a C-31 is of no day before what it pays was received' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION feria_pago_de_su_dia() FROM PUBLIC;
CREATE TRIGGER feria_pago_de_su_dia AFTER INSERT ON feria_pago FOR EACH ROW WHEN (NEW.medio = 'c31')
    EXECUTE FUNCTION feria_pago_de_su_dia();
