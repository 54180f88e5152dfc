-- Accounts whose owner is a matter (an order, a parcel, a claim): escrow. `titular_id` is the matter and `asunto` its
-- class; one account a matter. The CHECK against overdraft, which the application cannot lift, is the proof that no
-- more goes out than came in.
ALTER TABLE pagos_cuenta ADD COLUMN asunto varchar(20);

CREATE OR REPLACE FUNCTION pagos_cuenta_abrir() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_falta text := CASE
        WHEN NEW.id <= 0 THEN 'id'
        WHEN NEW.titular_tipo NOT IN ('persona', 'unidad', 'sistema', 'asunto') THEN 'titular_tipo'
        WHEN NEW.tipo NOT IN ('billetera', 'comercio', 'custodia', 'recaudacion', 'comision', 'pasarela',
                              'liquidacion', 'ajuste') THEN 'tipo'
        WHEN NEW.moneda !~ '^[A-Z]{3}$' THEN 'moneda'
        WHEN NEW.nivel NOT BETWEEN 0 AND 9 THEN 'nivel'
        WHEN (NEW.titular_tipo = 'sistema') <> (NEW.titular_id = '00000000-0000-0000-0000-000000000000')
            THEN 'sistema'
        WHEN NEW.titular_tipo <> 'sistema' AND NOT NEW.debitos_no_exceden_creditos THEN 'sin_sobregiro_ajeno'
        WHEN NEW.debitos_no_exceden_creditos AND NEW.creditos_no_exceden_debitos THEN 'un_solo_tope'
        WHEN (NEW.titular_tipo = 'asunto') <> (NEW.asunto IS NOT NULL) OR NEW.asunto !~ '^[a-z][a-z_]{2,19}$'
             OR NEW.titular_tipo = 'asunto' AND (NEW.tipo <> 'custodia' OR NEW.nivel <> 0) THEN 'asunto'
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

-- The account of a matter, opened if need be, and whether it is closed. A matter has one id, whatever its class: the
-- same id with another class is a mistake of who asks.
CREATE FUNCTION pagos_cuenta_de_asunto(p_asunto text, p_id uuid, OUT cuenta bigint, OUT cerrada boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_asunto text := p_asunto;
BEGIN
    LOOP
        SELECT c.id, c.cerrada, c.asunto INTO cuenta, cerrada, v_asunto FROM pagos_cuenta c
        WHERE c.titular_id = p_id AND c.tipo = 'custodia' AND c.moneda = 'BOB' AND c.titular_tipo = 'asunto';
        EXIT WHEN FOUND;
        INSERT INTO pagos_cuenta AS c (titular_id, titular_tipo, tipo, asunto)
        VALUES (p_id, 'asunto', 'custodia', p_asunto) ON CONFLICT DO NOTHING
        RETURNING c.id, c.cerrada, c.asunto INTO cuenta, cerrada, v_asunto;
        EXIT WHEN FOUND;
    END LOOP;
    IF v_asunto <> p_asunto THEN
        RAISE EXCEPTION 'la cuenta del asunto % es de la clase «%» y no «%»', p_id, v_asunto, p_asunto
            USING ERRCODE = 'check_violation';
    END IF;
END $$;

-- Close the account of a matter that is over: true when it is closed (or was never opened), false while it holds money
-- or payments wait. Closed is for ever: what comes later goes to the people themselves, or to another matter.
CREATE FUNCTION pagos_cerrar_asunto(p_asunto text, p_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE pagos_cuenta c SET cerrada = true
    WHERE c.titular_id = p_id AND c.tipo = 'custodia' AND c.moneda = 'BOB' AND c.titular_tipo = 'asunto'
      AND c.asunto = p_asunto AND NOT c.cerrada AND c.debitos_pendientes = 0 AND c.creditos_pendientes = 0
      AND c.debitos_contabilizados = c.creditos_contabilizados;
    RETURN FOUND OR NOT EXISTS (
        SELECT FROM pagos_cuenta c
        WHERE c.titular_id = p_id AND c.titular_tipo = 'asunto' AND c.asunto = p_asunto AND NOT c.cerrada);
END $$;

REVOKE ALL ON FUNCTION pagos_cuenta_de_asunto, pagos_cerrar_asunto FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pagos_cuenta_de_asunto, pagos_cerrar_asunto TO qhatu_aplicacion;

-- Which reasons may move the money of matters. Into one: the payment of an order (3), of a contract (6) or another into
-- escrow (9), which count toward the payer's limits, or a reason of escrow (110 to 119), which does not and so never
-- comes from a person's wallet. Out of one: escrow's, a refund (100), a commission (101). Nothing that people or their
-- programs choose by themselves (1, 4, 7, 8) is among them, and the reasons of escrow have no use without a matter.
CREATE FUNCTION pagos_motivo_de_asunto(p_paga text, p_recibe text, p_codigo smallint) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN p_paga = 'asunto' THEN p_codigo IN (100, 101) OR p_codigo BETWEEN 110 AND 119
        WHEN p_recibe = 'asunto' THEN p_codigo IN (3, 6, 9) OR p_codigo BETWEEN 110 AND 119 AND p_paga <> 'persona'
        ELSE p_codigo NOT BETWEEN 110 AND 119 END
$$;
