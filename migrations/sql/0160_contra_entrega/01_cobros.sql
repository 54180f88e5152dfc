-- What is collected at the door of an item of an order, and the custody that it goes into; of what is sent without an
-- order its postage says it.
CREATE TABLE envios_cobro (
    envio_id uuid NOT NULL,
    monto bigint NOT NULL,
    cuenta bigint NOT NULL,
    creado_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_envios_cobro PRIMARY KEY (envio_id),
    CONSTRAINT fk_envios_cobro_envio_id FOREIGN KEY (envio_id) REFERENCES envios_envio (id),
    CONSTRAINT fk_envios_cobro_cuenta FOREIGN KEY (cuenta) REFERENCES pagos_cuenta (id),
    CONSTRAINT ck_envios_cobro_monto CHECK (monto > 0)
);
GRANT SELECT, INSERT ON envios_cobro TO qhatu_aplicacion;
CREATE TRIGGER inmutable BEFORE UPDATE OR DELETE ON envios_cobro FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();

-- It is said when an item of an order is announced, and of the account of that order.
CREATE FUNCTION pagos_cuenta_es_de_asunto(p_cuenta bigint, p_asunto text, p_id uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM pagos_cuenta c WHERE c.id = p_cuenta AND c.titular_tipo = 'asunto'
                   AND c.asunto = p_asunto AND c.titular_id = p_id AND NOT c.cerrada)
$$;
CREATE FUNCTION envios_cobro_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM envios_envio e
        WHERE e.id = NEW.envio_id AND e.estado = 'anunciado' AND e.referencia_tipo = 'pedido'
          AND pagos_cuenta_es_de_asunto(NEW.cuenta, 'pedido', e.referencia_id)
          AND NOT EXISTS (SELECT FROM envios_porte p WHERE p.envio_id = e.id AND p.contra_entrega > 0)
    ) THEN
        RAISE EXCEPTION 'el envío % no se cobra así al entregarlo', NEW.envio_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guarda BEFORE INSERT ON envios_cobro FOR EACH ROW EXECUTE FUNCTION envios_cobro_guarda();

-- What was collected is owed by a delivery to the recipient of that item, noted by that operator; cash goes only to
-- who has no account; the rest is what the ledger says.
CREATE OR REPLACE FUNCTION envios_deuda_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_libro bigint;
    v_pagos bigint;
    v_del_libro bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.clase = 'contra_entrega' AND NOT EXISTS (
            SELECT FROM envios_evento v
            LEFT JOIN envios_porte p ON p.envio_id = v.envio_id
            LEFT JOIN envios_cobro c ON c.envio_id = v.envio_id
            WHERE v.id = NEW.origen_id AND v.envio_id = NEW.envio_id AND v.codigo = 'EMI'
              AND v.operador_unidad_id = NEW.operador_unidad_id AND v.entregado_a <> 'remitente'
              AND NEW.monto = coalesce(c.monto, p.contra_entrega)
        ) THEN
            RAISE EXCEPTION 'la deuda del envío % no es de una entrega suya', NEW.envio_id
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.pagado <> 0 OR NEW.en_ventanilla IS DISTINCT FROM (
            registro_parte_es_tercera(NEW.acreedor_parte_id)
        ) THEN
            RAISE EXCEPTION 'la deuda del envío % no puede nacer así', NEW.envio_id USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    SELECT coalesce(sum(g.monto), 0), coalesce(sum(g.monto) FILTER (WHERE g.como = 'libro'), 0)
    INTO v_pagos, v_del_libro FROM envios_deuda_pago g WHERE g.deuda_id = NEW.id;
    SELECT coalesce(sum(m.monto), 0) INTO v_libro FROM pagos_de_asunto('deuda_de_envio', NEW.id) m
    WHERE NOT m.entra AND m.codigo = CASE NEW.clase WHEN 'contra_entrega' THEN 113 ELSE 114 END;
    IF (v_pagos, v_del_libro) IS DISTINCT FROM (NEW.pagado, v_libro) THEN
        RAISE EXCEPTION 'la deuda % no es lo que dicen sus pagos', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
