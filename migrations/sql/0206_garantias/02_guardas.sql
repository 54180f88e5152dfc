-- What was written of a guarantee stays. It is written of an order that is not over; time alone says that it ended, once
-- it has; one of fulfilment is given back when no more is delivered, and claimed of an order that was cut short.
CREATE FUNCTION feria_garantia_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    orden feria_orden_de_compra;
BEGIN
    SELECT * INTO orden FROM feria_orden_de_compra WHERE id = NEW.orden_id;
    IF TG_OP = 'INSERT' THEN
        IF orden.estado NOT IN ('por_aceptar', 'vigente', 'recibida') THEN
            RAISE EXCEPTION 'an order that is over is not guaranteed' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.renueva_a IS NOT NULL AND NOT EXISTS (
            SELECT FROM feria_garantia WHERE id = NEW.renueva_a AND estado = 'renovada' AND clase = NEW.clase
            AND hasta <= NEW.hasta) THEN
            RAISE EXCEPTION 'a guarantee renews one of its class' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.vence_en <> ((NEW.hasta + 1)::timestamp AT TIME ZONE 'America/La_Paz') - interval '1 microsecond' THEN
            RAISE EXCEPTION 'a guarantee lasts to the end of its last day' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.estado <> OLD.estado THEN
        IF NEW.estado = 'vencida' AND nucleo_ahora() <= OLD.vence_en
            OR NEW.estado = 'ejecutada' AND nucleo_ahora() > OLD.vence_en THEN
            RAISE EXCEPTION 'a guarantee ends with its last day' USING ERRCODE = 'restrict_violation';
        END IF;
        IF OLD.clase = 'cumplimiento' AND (
            NEW.estado = 'devuelta' AND orden.estado IN ('por_aceptar', 'vigente')
            OR NEW.estado = 'ejecutada' AND orden.cortada_en IS NULL) THEN
            RAISE EXCEPTION 'a guarantee of fulfilment waits for its order' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_garantia_guarda BEFORE INSERT OR UPDATE ON feria_garantia
    FOR EACH ROW EXECUTE FUNCTION feria_garantia_guarda();
CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_garantia
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez('estado');

-- A guarantee that was renewed has its renewal at the commit.
CREATE FUNCTION feria_garantia_renovada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM feria_garantia WHERE renueva_a = NEW.id) THEN
        RAISE EXCEPTION 'a renewal is another guarantee' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER feria_garantia_renovada AFTER UPDATE ON feria_garantia
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.estado = 'renovada')
    EXECUTE FUNCTION feria_garantia_renovada();
