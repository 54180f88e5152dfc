-- Whether a party is somebody without an account.
CREATE FUNCTION registro_parte_es_tercera(p_parte uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT a.clase = 'tercero' FROM registro_parte a WHERE a.id = p_parte
$$;

-- What a postal operator owes to somebody: the cash that it collected at a delivery, or an indemnity. Paid in parts
-- from its account, or in cash at the counter (en_ventanilla) to a third person without one.
CREATE TABLE envios_deuda (
    id uuid NOT NULL,
    clase varchar(16) NOT NULL,
    origen_id uuid NOT NULL,
    envio_id uuid NOT NULL,
    operador_unidad_id uuid NOT NULL,
    acreedor_parte_id uuid NOT NULL,
    en_ventanilla boolean NOT NULL,
    monto bigint NOT NULL,
    pagado bigint NOT NULL,
    estado varchar(12) NOT NULL,
    nace_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    vence_en timestamptz NOT NULL,
    terminada_en timestamptz,
    CONSTRAINT pk_envios_deuda PRIMARY KEY (id),
    CONSTRAINT fk_envios_deuda_envio_id FOREIGN KEY (envio_id) REFERENCES envios_envio (id),
    CONSTRAINT fk_envios_deuda_operador_unidad_id FOREIGN KEY (operador_unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_envios_deuda_acreedor_parte_id FOREIGN KEY (acreedor_parte_id) REFERENCES registro_parte (id),
    CONSTRAINT ck_envios_deuda_clase CHECK (clase IN ('contra_entrega', 'indemnizacion')),
    CONSTRAINT ck_envios_deuda_monto CHECK (monto > 0 AND pagado BETWEEN 0 AND monto),
    CONSTRAINT ck_envios_deuda_vence CHECK (vence_en > nace_en),
    CONSTRAINT ck_envios_deuda_terminada CHECK (
        (estado = 'pendiente') = (terminada_en IS NULL) AND (estado = 'saldada') = (pagado = monto)
        AND (estado <> 'cancelada' OR pagado = 0)
    )
);
CREATE UNIQUE INDEX uq_envios_deuda_origen ON envios_deuda (clase, origen_id) WHERE estado <> 'cancelada';
CREATE UNIQUE INDEX uq_envios_deuda_contra_entrega ON envios_deuda (envio_id)
    WHERE clase = 'contra_entrega' AND estado <> 'cancelada';
CREATE INDEX ix_envios_deuda_operador ON envios_deuda (operador_unidad_id, estado, vence_en, id);
CREATE INDEX ix_envios_deuda_acreedor ON envios_deuda (acreedor_parte_id, nace_en, id);
CREATE INDEX ix_envios_deuda_vence ON envios_deuda (vence_en) WHERE estado = 'pendiente' AND NOT en_ventanilla;
GRANT SELECT, INSERT, UPDATE (pagado, estado, terminada_en) ON envios_deuda TO qhatu_aplicacion;

-- A payment of a debt: a transfer out of its matter's account (its id), or cash with a receipt.
CREATE TABLE envios_deuda_pago (
    id uuid NOT NULL,
    deuda_id uuid NOT NULL,
    como varchar(10) NOT NULL,
    monto bigint NOT NULL,
    recibo varchar(200) NOT NULL,
    pagado_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    registrado_por varchar(120) NOT NULL,
    CONSTRAINT pk_envios_deuda_pago PRIMARY KEY (id),
    CONSTRAINT fk_envios_deuda_pago_deuda_id FOREIGN KEY (deuda_id) REFERENCES envios_deuda (id),
    CONSTRAINT ck_envios_deuda_pago_como CHECK (como IN ('libro', 'efectivo')),
    CONSTRAINT ck_envios_deuda_pago_monto CHECK (monto > 0),
    CONSTRAINT ck_envios_deuda_pago_recibo CHECK ((como = 'efectivo') = (recibo <> ''))
);
CREATE INDEX ix_envios_deuda_pago_deuda ON envios_deuda_pago (deuda_id, pagado_en, id);
GRANT SELECT, INSERT ON envios_deuda_pago TO qhatu_aplicacion;
CREATE TRIGGER inmutable BEFORE UPDATE OR DELETE ON envios_deuda_pago FOR EACH ROW
    EXECUTE FUNCTION nucleo_inmutable();

-- What was collected is owed by a delivery to the recipient of that item, noted by that operator; cash goes only to
-- who has no account; the rest is what the ledger says.
CREATE FUNCTION envios_deuda_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_libro bigint;
    v_pagos bigint;
    v_del_libro bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.clase = 'contra_entrega' AND NOT EXISTS (
            SELECT FROM envios_evento v JOIN envios_porte p ON p.envio_id = v.envio_id
            WHERE v.id = NEW.origen_id AND v.envio_id = NEW.envio_id AND v.codigo = 'EMI'
              AND v.operador_unidad_id = NEW.operador_unidad_id AND v.entregado_a <> 'remitente'
              AND p.contra_entrega = NEW.monto
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
CREATE TRIGGER guarda BEFORE INSERT OR UPDATE ON envios_deuda FOR EACH ROW EXECUTE FUNCTION envios_deuda_guarda();
CREATE TRIGGER terminada_no_cambia BEFORE UPDATE ON envios_deuda FOR EACH ROW WHEN (OLD.estado <> 'pendiente')
    EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER sin_borrar BEFORE DELETE ON envios_deuda FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();

CREATE FUNCTION envios_deuda_pago_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM envios_deuda d
        WHERE d.id = NEW.deuda_id AND d.estado = 'pendiente' AND d.en_ventanilla = (NEW.como = 'efectivo')
    ) THEN
        RAISE EXCEPTION 'la deuda % no se paga así', NEW.deuda_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guarda BEFORE INSERT ON envios_deuda_pago FOR EACH ROW EXECUTE FUNCTION envios_deuda_pago_guarda();
