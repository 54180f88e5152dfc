-- At the commit: what a certificate says is what was certified of it, by the mandate that it says.
CREATE FUNCTION feria_certificacion_certifica() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pagos_certificado_por(NEW.id, NEW.mandato_id) <> NEW.monto THEN
        RAISE EXCEPTION 'a certificate that its mandate did not certify' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER feria_certificacion_certifica AFTER INSERT ON feria_certificacion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION feria_certificacion_certifica();

-- An entity orders from the catalogue only of a certificate that is in force; and its order is that of this purchase: of who
-- sells it, committed so much for that entity of that certificate, by the mandate of who decided it.
CREATE OR REPLACE FUNCTION feria_compra_certificada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM feria_certificacion WHERE id = NEW.certificacion_id AND estado = 'vigente' AND vence_en > nucleo_ahora();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a certificate that is not in force' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT comercio_pedido_compromete(NEW.pedido_id, NEW.id, NEW.vendedor_id, NEW.unidad_id, NEW.certificacion_id,
            NEW.ordenado)
       OR pagos_comprometido_por(NEW.pedido_id, NEW.decidio_mandato_id) <> NEW.ordenado THEN
        RAISE EXCEPTION 'an order that is not of this purchase' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
