-- What went in and out of the account of a matter, added up by reason, direction and the other account: for who
-- writes down what a matter's money did, and must say what the ledger says.
CREATE FUNCTION pagos_de_asunto(p_asunto text, p_id uuid)
RETURNS TABLE (codigo smallint, entra boolean, contraparte bigint, monto bigint, veces bigint)
LANGUAGE sql STABLE AS $$
    SELECT t.codigo, t.credito = c.id, CASE WHEN t.credito = c.id THEN t.debito ELSE t.credito END,
           sum(t.monto)::bigint, count(*)
    FROM pagos_cuenta c JOIN pagos_transferencia t ON (t.debito = c.id OR t.credito = c.id) AND t.tipo IN (1, 3)
    WHERE c.titular_id = p_id AND c.titular_tipo = 'asunto' AND c.tipo = 'custodia' AND c.moneda = 'BOB'
      AND c.asunto = p_asunto
    GROUP BY 1, 2, 3
$$;

-- The postage of an item: held at its announcement from the account of who pays (none: paid in cash at the counter),
-- then settled once to the operator's account, or given back.
CREATE TABLE envios_porte (
    id uuid NOT NULL,
    envio_id uuid NOT NULL,
    cotizacion_id uuid NOT NULL,
    operador_unidad_id uuid NOT NULL,
    cuenta bigint,
    cuenta_operador bigint,
    cotizado bigint NOT NULL,
    contra_entrega bigint NOT NULL,
    estado varchar(12) NOT NULL,
    retenido_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    peso_medido_g integer,
    largo_cm integer,
    ancho_cm integer,
    alto_cm integer,
    total_medido bigint,
    cobrado bigint,
    devuelto bigint,
    terminado_en timestamptz,
    CONSTRAINT pk_envios_porte PRIMARY KEY (id),
    CONSTRAINT uq_envios_porte_envio_id UNIQUE (envio_id),
    CONSTRAINT fk_envios_porte_envio_id FOREIGN KEY (envio_id) REFERENCES envios_envio (id),
    CONSTRAINT fk_envios_porte_cotizacion_id FOREIGN KEY (cotizacion_id) REFERENCES envios_cotizacion (id),
    CONSTRAINT fk_envios_porte_operador_unidad_id FOREIGN KEY (operador_unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_envios_porte_cuenta FOREIGN KEY (cuenta) REFERENCES pagos_cuenta (id),
    CONSTRAINT fk_envios_porte_cuenta_operador FOREIGN KEY (cuenta_operador) REFERENCES pagos_cuenta (id),
    CONSTRAINT ck_envios_porte_montos CHECK (cotizado > 0 AND contra_entrega >= 0 AND total_medido > 0),
    CONSTRAINT ck_envios_porte_medida CHECK (
        (peso_medido_g IS NULL) = (total_medido IS NULL) AND peso_medido_g BETWEEN 1 AND 1000000
        AND num_nulls(largo_cm, ancho_cm, alto_cm) IN (0, 3) AND least(largo_cm, ancho_cm, alto_cm) > 0
        AND (largo_cm IS NULL OR peso_medido_g IS NOT NULL)
    ),
    CONSTRAINT ck_envios_porte_cuentas CHECK (
        (estado = 'en_efectivo') = (cuenta IS NULL) AND (cuenta IS NULL) = (cuenta_operador IS NULL)
        AND cuenta <> cuenta_operador
    ),
    CONSTRAINT ck_envios_porte_terminado CHECK (
        (estado = 'retenido') = (terminado_en IS NULL) AND (terminado_en IS NULL) = (cobrado IS NULL)
        AND (cobrado IS NULL) = (devuelto IS NULL)
    ),
    -- What was held goes whole to the operator, back, or in parts: never more nor less.
    CONSTRAINT ck_envios_porte_suma CHECK (
        cobrado + devuelto = cotizado AND CASE estado
            WHEN 'liquidado' THEN cobrado = least(cotizado, coalesce(total_medido, cotizado))
            WHEN 'devuelto' THEN cobrado = 0
            WHEN 'en_efectivo' THEN devuelto = 0
            ELSE cobrado IS NULL END
    )
);
CREATE INDEX ix_envios_porte_operador ON envios_porte (operador_unidad_id, terminado_en, id);
CREATE INDEX ix_envios_porte_cuenta ON envios_porte (cuenta, retenido_en, id);
CREATE INDEX ix_envios_porte_retenido ON envios_porte (envio_id) WHERE estado = 'retenido';
GRANT SELECT, INSERT, UPDATE (estado, peso_medido_g, largo_cm, ancho_cm, alto_cm, total_medido, cobrado, devuelto, terminado_en) ON envios_porte TO qhatu_aplicacion;

-- A postage says what its quote says when it is born, and what the ledger says each time that money moved.
CREATE FUNCTION envios_porte_como_el_libro() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_entro bigint;
    v_cobrado bigint;
    v_devuelto bigint;
BEGIN
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT FROM envios_cotizacion c JOIN envios_envio e ON e.id = NEW.envio_id
        WHERE c.id = NEW.cotizacion_id AND c.operador_unidad_id = NEW.operador_unidad_id
          AND e.operador_unidad_id = NEW.operador_unidad_id AND c.destino_ine = e.destino_municipio_ine
          AND c.total = NEW.cotizado AND c.contra_entrega = NEW.contra_entrega
          AND (c.contra_entrega = 0 OR e.referencia_tipo <> 'pedido')
    ) THEN
        RAISE EXCEPTION 'el porte del envío % no es el de su cotización', NEW.envio_id
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT coalesce(sum(m.monto) FILTER (WHERE m.entra AND m.codigo = 9 AND m.contraparte = NEW.cuenta), 0),
           coalesce(sum(m.monto) FILTER (WHERE NOT m.entra AND m.codigo = 112
                                           AND m.contraparte = NEW.cuenta_operador), 0),
           coalesce(sum(m.monto) FILTER (WHERE NOT m.entra AND m.codigo = 100 AND m.contraparte = NEW.cuenta), 0)
    INTO v_entro, v_cobrado, v_devuelto FROM pagos_de_asunto('porte', NEW.id) m;
    IF (v_entro, v_cobrado, v_devuelto) IS DISTINCT FROM (
        CASE WHEN NEW.cuenta IS NULL THEN 0 ELSE NEW.cotizado END,
        CASE WHEN NEW.cuenta IS NULL THEN 0 ELSE coalesce(NEW.cobrado, 0) END,
        coalesce(NEW.devuelto, 0)
    ) THEN
        RAISE EXCEPTION 'el porte del envío % no es lo que dice el libro', NEW.envio_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER como_el_libro_nace BEFORE INSERT ON envios_porte FOR EACH ROW
    EXECUTE FUNCTION envios_porte_como_el_libro();
CREATE TRIGGER como_el_libro BEFORE UPDATE ON envios_porte FOR EACH ROW WHEN (NEW.estado <> OLD.estado)
    EXECUTE FUNCTION envios_porte_como_el_libro();
CREATE TRIGGER terminado_no_cambia BEFORE UPDATE ON envios_porte FOR EACH ROW WHEN (OLD.estado <> 'retenido')
    EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER sin_borrar BEFORE DELETE ON envios_porte FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();

-- What the measured item costs above what was quoted: asked of who pays, who accepts it, pays it in cash at the
-- counter or refuses it; time refuses it too.
CREATE TABLE envios_excedente (
    porte_id uuid NOT NULL,
    monto bigint NOT NULL,
    estado varchar(16) NOT NULL,
    pedido_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    vence_en timestamptz NOT NULL,
    resuelto_en timestamptz,
    resuelto_por varchar(120),
    CONSTRAINT pk_envios_excedente PRIMARY KEY (porte_id),
    CONSTRAINT fk_envios_excedente_porte_id FOREIGN KEY (porte_id) REFERENCES envios_porte (id),
    CONSTRAINT ck_envios_excedente_monto CHECK (monto > 0 AND vence_en > pedido_en),
    CONSTRAINT ck_envios_excedente_resuelto CHECK (
        (estado = 'por_consentir') = (resuelto_en IS NULL) AND (resuelto_en IS NULL) = (resuelto_por IS NULL)
    )
);
CREATE INDEX ix_envios_excedente_vence ON envios_excedente (vence_en) WHERE estado = 'por_consentir';
GRANT SELECT, INSERT, UPDATE (estado, resuelto_en, resuelto_por) ON envios_excedente TO qhatu_aplicacion;

CREATE FUNCTION envios_excedente_como_el_libro() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    p envios_porte;
    v_cobrado bigint;
BEGIN
    SELECT * INTO p FROM envios_porte WHERE id = NEW.porte_id;
    SELECT coalesce(sum(m.monto) FILTER (WHERE NOT m.entra AND m.codigo = 112
                                           AND m.contraparte = p.cuenta_operador), 0)
    INTO v_cobrado FROM pagos_de_asunto('porte', NEW.porte_id) m;
    IF p.estado <> 'liquidado' OR p.total_medido IS DISTINCT FROM p.cotizado + NEW.monto
       OR v_cobrado <> p.cobrado + (CASE NEW.estado WHEN 'pagado' THEN NEW.monto ELSE 0 END) THEN
        RAISE EXCEPTION 'el excedente del porte % no es lo que dice el libro', NEW.porte_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER como_el_libro BEFORE INSERT OR UPDATE ON envios_excedente FOR EACH ROW
    EXECUTE FUNCTION envios_excedente_como_el_libro();
CREATE TRIGGER terminado_no_cambia BEFORE UPDATE ON envios_excedente FOR EACH ROW
    WHEN (OLD.estado <> 'por_consentir') EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER sin_borrar BEFORE DELETE ON envios_excedente FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
