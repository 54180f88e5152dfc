-- Whose account is one: of that person or unit.
CREATE FUNCTION pagos_cuenta_es_de(p_cuenta bigint, p_titular uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM pagos_cuenta c WHERE c.id = p_cuenta AND c.titular_tipo IN ('persona', 'unidad')
                   AND c.titular_id = p_titular)
$$;
-- Who a party is, that may have an account.
CREATE FUNCTION registro_titular_de_parte(p_parte uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT coalesce(a.persona_id, a.unidad_id) FROM registro_parte a WHERE a.id = p_parte
$$;

-- Of what is collected at the door of an item, what its operator owes first to another party than who sent it: to who paid
-- it, by what a claim decided.
CREATE TABLE envios_cesion (
    envio_id uuid NOT NULL,
    parte_id uuid NOT NULL,
    monto bigint NOT NULL,
    cedida_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_envios_cesion PRIMARY KEY (envio_id),
    CONSTRAINT fk_envios_cesion_envio_id FOREIGN KEY (envio_id) REFERENCES envios_cobro (envio_id),
    CONSTRAINT fk_envios_cesion_parte_id FOREIGN KEY (parte_id) REFERENCES registro_parte (id),
    CONSTRAINT ck_envios_cesion_monto CHECK (monto > 0)
);
CREATE INDEX ix_envios_cesion_parte_id ON envios_cesion (parte_id);
GRANT SELECT, INSERT ON envios_cesion TO qhatu_aplicacion;
CREATE TRIGGER inmutable BEFORE UPDATE OR DELETE ON envios_cesion FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();

-- It is of what is owed whole, past its date.
CREATE FUNCTION envios_sin_rendir(p_envio uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM envios_deuda d WHERE d.envio_id = p_envio AND d.clase = 'contra_entrega'
                   AND d.estado = 'pendiente' AND d.pagado = 0 AND d.vence_en <= nucleo_ahora())
$$;
CREATE FUNCTION envios_cesion_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT envios_sin_rendir(NEW.envio_id) OR registro_titular_de_parte(NEW.parte_id) IS NULL
        OR NEW.monto > (SELECT c.monto FROM envios_cobro c WHERE c.envio_id = NEW.envio_id) THEN
        RAISE EXCEPTION 'lo que se cobró del envío % no se cede así', NEW.envio_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guarda BEFORE INSERT ON envios_cesion FOR EACH ROW EXECUTE FUNCTION envios_cesion_guarda();
CREATE FUNCTION envios_cedido_de(p_envio uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT monto FROM envios_cesion WHERE envio_id = p_envio
$$;

-- As 0163_cobros_una_vez has it; and what was ceded is paid before the rest, and to whom it was.
CREATE OR REPLACE FUNCTION envios_deuda_pago_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    x envios_cesion%ROWTYPE;
    v_pagado bigint;
BEGIN
    IF NOT EXISTS (
        SELECT FROM envios_deuda d
        WHERE d.id = NEW.deuda_id AND d.estado = 'pendiente' AND d.en_ventanilla = (NEW.como = 'efectivo')
    ) THEN
        RAISE EXCEPTION 'la deuda % no se paga así', NEW.deuda_id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.custodia IS DISTINCT FROM (
        SELECT c.cuenta FROM envios_deuda d JOIN envios_cobro c ON c.envio_id = d.envio_id
        WHERE d.id = NEW.deuda_id AND c.cuenta = pagos_acreditada(NEW.id)
    ) THEN
        RAISE EXCEPTION 'el pago % no entró donde dice', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    SELECT c.* INTO x FROM envios_deuda d JOIN envios_cesion c ON c.envio_id = d.envio_id
    WHERE d.id = NEW.deuda_id AND d.clase = 'contra_entrega';
    IF FOUND THEN
        SELECT coalesce(sum(g.monto), 0) INTO v_pagado FROM envios_deuda_pago g WHERE g.deuda_id = NEW.deuda_id;
        IF v_pagado < x.monto AND (v_pagado + NEW.monto > x.monto
            OR NOT pagos_cuenta_es_de(pagos_acreditada(NEW.id), registro_titular_de_parte(x.parte_id))) THEN
            RAISE EXCEPTION 'el pago % es primero de quien compró', NEW.id USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
