-- A budget is a second currency of the ledger: BOP, budgetary bolivianos, exponent 2. Never money: no transfer joins two
-- currencies. Its accounts: `techo` and `ejecutado`, the platform's (where certificates come from, the only one that may be
-- below zero; what was spent), `presupuesto`, one for each certificate of an entity, and `compromiso`, one for each matter.
-- The CHECK against overdraft then says: never more committed than certified, nor executed than committed.
CREATE OR REPLACE FUNCTION pagos_cuenta_abrir() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_falta text := CASE
        WHEN NEW.id <= 0 THEN 'id'
        WHEN NEW.titular_tipo NOT IN ('persona', 'unidad', 'sistema', 'asunto') THEN 'titular_tipo'
        WHEN NEW.tipo NOT IN ('billetera', 'comercio', 'custodia', 'recaudacion', 'comision', 'pasarela',
                              'liquidacion', 'ajuste', 'techo', 'presupuesto', 'compromiso', 'ejecutado') THEN 'tipo'
        WHEN NEW.moneda !~ '^[A-Z]{3}$' THEN 'moneda'
        WHEN NEW.nivel NOT BETWEEN 0 AND 19 OR NEW.nivel = 10 THEN 'nivel'
        WHEN (NEW.titular_tipo = 'sistema') <> (NEW.titular_id = '00000000-0000-0000-0000-000000000000')
            THEN 'sistema'
        WHEN NEW.titular_tipo <> 'sistema' AND NOT NEW.debitos_no_exceden_creditos THEN 'sin_sobregiro_ajeno'
        WHEN NEW.debitos_no_exceden_creditos AND NEW.creditos_no_exceden_debitos THEN 'un_solo_tope'
        WHEN (NEW.moneda = 'BOP') <> (NEW.tipo IN ('techo', 'presupuesto', 'compromiso', 'ejecutado'))
             OR NEW.tipo IN ('techo', 'ejecutado') AND NEW.titular_tipo <> 'sistema'
             OR NEW.tipo IN ('presupuesto', 'compromiso') AND NEW.titular_tipo <> 'asunto'
             OR NEW.moneda = 'BOP' AND (NEW.nivel <> 0 OR NEW.creditos_no_exceden_debitos
                                        OR NEW.debitos_no_exceden_creditos = (NEW.tipo = 'techo')) THEN 'presupuesto'
        WHEN (NEW.titular_tipo = 'asunto') <> (NEW.asunto IS NOT NULL) OR NEW.asunto !~ '^[a-z][a-z_]{2,19}$'
             OR NEW.titular_tipo = 'asunto' AND (NEW.nivel <> 0 OR NEW.tipo <> CASE NEW.asunto
                 WHEN 'certificacion' THEN 'presupuesto'
                 WHEN 'pedido_comprometido' THEN 'compromiso'
                 ELSE 'custodia' END) THEN 'asunto'
        WHEN (NEW.debitos_contabilizados, NEW.creditos_contabilizados,
              NEW.debitos_pendientes, NEW.creditos_pendientes) <> (0, 0, 0, 0) THEN 'vacia'
    END;
BEGIN
    IF v_falta IS NOT NULL THEN
        RAISE EXCEPTION 'la cuenta no puede abrirse así: %', v_falta
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_pagos_cuenta_' || v_falta,
                  TABLE = 'pagos_cuenta';
    END IF;
    RETURN NEW;
END $$;

-- Whose each certificate is, and of which one each commitment: written once, when their accounts are opened.
CREATE TABLE pagos_certificado (
    id uuid NOT NULL,
    unidad_id uuid NOT NULL,
    cuenta bigint NOT NULL,
    abierto_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_pagos_certificado PRIMARY KEY (id),
    CONSTRAINT uq_pagos_certificado_cuenta UNIQUE (cuenta),
    CONSTRAINT fk_pagos_certificado_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_pagos_certificado_cuenta FOREIGN KEY (cuenta) REFERENCES pagos_cuenta (id)
);
CREATE INDEX ix_pagos_certificado_unidad_id ON pagos_certificado (unidad_id);
CREATE TABLE pagos_compromiso (
    asunto_id uuid NOT NULL,
    certificado_id uuid NOT NULL,
    cuenta bigint NOT NULL,
    abierto_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_pagos_compromiso PRIMARY KEY (asunto_id),
    CONSTRAINT uq_pagos_compromiso_cuenta UNIQUE (cuenta),
    CONSTRAINT fk_pagos_compromiso_certificado_id FOREIGN KEY (certificado_id) REFERENCES pagos_certificado (id),
    CONSTRAINT fk_pagos_compromiso_cuenta FOREIGN KEY (cuenta) REFERENCES pagos_cuenta (id)
);
CREATE INDEX ix_pagos_compromiso_certificado_id ON pagos_compromiso (certificado_id);
CREATE TRIGGER inmutable BEFORE UPDATE OR DELETE ON pagos_certificado FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER inmutable BEFORE UPDATE OR DELETE ON pagos_compromiso FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
GRANT SELECT ON pagos_certificado TO qhatu_aplicacion;
GRANT SELECT ON pagos_compromiso TO qhatu_aplicacion;

-- The platform's account of budget, opened if need be.
CREATE FUNCTION pagos_cuenta_de_presupuesto(p_tipo text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_cuenta bigint;
BEGIN
    LOOP
        SELECT c.id INTO v_cuenta FROM pagos_cuenta c
        WHERE c.titular_id = '00000000-0000-0000-0000-000000000000' AND c.tipo = p_tipo AND c.moneda = 'BOP'
          AND c.titular_tipo = 'sistema';
        EXIT WHEN FOUND;
        INSERT INTO pagos_cuenta (titular_id, titular_tipo, tipo, moneda, debitos_no_exceden_creditos)
        VALUES ('00000000-0000-0000-0000-000000000000', 'sistema', p_tipo, 'BOP', p_tipo <> 'techo')
        ON CONFLICT DO NOTHING RETURNING id INTO v_cuenta;
        EXIT WHEN FOUND;
    END LOOP;
    RETURN v_cuenta;
END $$;

-- The account of a certificate, opened if need be: NULL when it is another entity's.
CREATE FUNCTION pagos_cuenta_de_certificado(p_id uuid, p_unidad uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_cuenta bigint;
    v_unidad uuid;
BEGIN
    LOOP
        SELECT x.cuenta, x.unidad_id INTO v_cuenta, v_unidad FROM pagos_certificado x WHERE x.id = p_id;
        EXIT WHEN FOUND;
        INSERT INTO pagos_cuenta (titular_id, titular_tipo, tipo, moneda, asunto)
        VALUES (p_id, 'asunto', 'presupuesto', 'BOP', 'certificacion')
        ON CONFLICT DO NOTHING RETURNING id INTO v_cuenta;
        IF FOUND THEN
            INSERT INTO pagos_certificado (id, unidad_id, cuenta) VALUES (p_id, p_unidad, v_cuenta);
            RETURN v_cuenta;
        END IF;
    END LOOP;
    RETURN CASE WHEN v_unidad = p_unidad THEN v_cuenta END;
END $$;

-- The account of what a matter commits of a certificate of that entity, opened if need be, and whether it is closed: NULL
-- when what it has is of another certificate, or the entity has no such one.
CREATE FUNCTION pagos_cuenta_de_compromiso(
    p_asunto uuid, p_certificado uuid, p_unidad uuid, OUT cuenta bigint, OUT presupuesto bigint, OUT cerrada boolean
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_certificado uuid;
BEGIN
    SELECT x.cuenta INTO presupuesto FROM pagos_certificado x
    WHERE x.id = p_certificado AND x.unidad_id = p_unidad;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    LOOP
        SELECT x.cuenta, x.certificado_id, c.cerrada INTO cuenta, v_certificado, cerrada
        FROM pagos_compromiso x JOIN pagos_cuenta c ON c.id = x.cuenta WHERE x.asunto_id = p_asunto;
        EXIT WHEN FOUND;
        INSERT INTO pagos_cuenta AS c (titular_id, titular_tipo, tipo, moneda, asunto)
        VALUES (p_asunto, 'asunto', 'compromiso', 'BOP', 'pedido_comprometido')
        ON CONFLICT DO NOTHING RETURNING c.id, c.cerrada INTO cuenta, cerrada;
        IF FOUND THEN
            INSERT INTO pagos_compromiso (asunto_id, certificado_id, cuenta) VALUES (p_asunto, p_certificado, cuenta);
            RETURN;
        END IF;
    END LOOP;
    IF v_certificado <> p_certificado THEN
        cuenta := NULL;
    END IF;
END $$;

-- The account of a matter, whatever it holds, now that a class says the kind.
CREATE OR REPLACE FUNCTION pagos_cerrar_asunto(p_asunto text, p_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE pagos_cuenta c SET cerrada = true
    WHERE c.titular_id = p_id AND c.titular_tipo = 'asunto' AND c.asunto = p_asunto AND NOT c.cerrada
      AND c.debitos_pendientes = 0 AND c.creditos_pendientes = 0
      AND c.debitos_contabilizados = c.creditos_contabilizados;
    RETURN FOUND OR NOT EXISTS (
        SELECT FROM pagos_cuenta c
        WHERE c.titular_id = p_id AND c.titular_tipo = 'asunto' AND c.asunto = p_asunto AND NOT c.cerrada);
END $$;

CREATE OR REPLACE FUNCTION pagos_de_asunto(p_asunto text, p_id uuid)
RETURNS TABLE (codigo smallint, entra boolean, contraparte bigint, monto bigint, veces bigint)
LANGUAGE sql STABLE AS $$
    SELECT t.codigo, t.credito = c.id, CASE WHEN t.credito = c.id THEN t.debito ELSE t.credito END,
           sum(t.monto)::bigint, count(*)
    FROM pagos_cuenta c JOIN pagos_transferencia t ON (t.debito = c.id OR t.credito = c.id) AND t.tipo IN (1, 3)
    WHERE c.titular_id = p_id AND c.titular_tipo = 'asunto' AND c.asunto = p_asunto
    GROUP BY 1, 2, 3
$$;

-- As 0048_asuntos has it, and the reasons of budget (120 to 129) move no money.
CREATE OR REPLACE FUNCTION pagos_motivo_de_asunto(p_paga text, p_recibe text, p_codigo smallint) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN p_paga = 'asunto' THEN p_codigo IN (100, 101) OR p_codigo BETWEEN 110 AND 119
        WHEN p_recibe = 'asunto' THEN p_codigo IN (3, 6, 9) OR p_codigo BETWEEN 110 AND 119 AND p_paga <> 'persona'
        ELSE p_codigo NOT BETWEEN 110 AND 129 END
$$;

-- Which reasons move budget, and between which accounts: certified (120) from the ceiling and reverted (124) to it,
-- committed (121) by a mandate of the entity whose certificate it is, as those two are; executed (122), or freed (123) to
-- the certificate that it came from and no other. In plpgsql, so that the expression that asks stays a simple one.
CREATE FUNCTION pagos_motivo_de_presupuesto(
    d pagos_cuenta, c pagos_cuenta, p_codigo smallint, p_tipo smallint, p_unidad uuid, p_mandato uuid
) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN p_tipo = 1 AND d.moneda = 'BOP' AND c.moneda = 'BOP' AND CASE p_codigo
        WHEN 120 THEN d.tipo = 'techo' AND c.tipo = 'presupuesto'
        WHEN 121 THEN d.tipo = 'presupuesto' AND c.tipo = 'compromiso'
        WHEN 122 THEN d.tipo = 'compromiso' AND c.tipo = 'ejecutado'
        WHEN 123 THEN d.tipo = 'compromiso' AND c.tipo = 'presupuesto'
        WHEN 124 THEN d.tipo = 'presupuesto' AND c.tipo = 'techo'
        ELSE false END
    AND (p_codigo NOT IN (120, 121, 124) OR p_mandato IS NOT NULL AND EXISTS (
        SELECT FROM pagos_certificado x
        WHERE x.cuenta = CASE p_codigo WHEN 120 THEN c.id ELSE d.id END AND x.unidad_id = p_unidad))
    AND (p_codigo NOT IN (121, 123) OR EXISTS (
        SELECT FROM pagos_compromiso k JOIN pagos_certificado x ON x.id = k.certificado_id
        WHERE k.cuenta = CASE p_codigo WHEN 121 THEN c.id ELSE d.id END
          AND x.cuenta = CASE p_codigo WHEN 121 THEN d.id ELSE c.id END));
END $$;

REVOKE ALL ON FUNCTION pagos_cuenta_de_presupuesto, pagos_cuenta_de_certificado, pagos_cuenta_de_compromiso FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pagos_cuenta_de_presupuesto, pagos_cuenta_de_certificado, pagos_cuenta_de_compromiso
    TO qhatu_aplicacion;
