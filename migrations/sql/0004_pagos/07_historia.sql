-- The newest movement of an account up to a number of the ledger: two index probes, whatever its size.
CREATE FUNCTION pagos_ultimo_hasta(
    p_cuenta bigint, p_numero bigint, OUT numero bigint, OUT creada_en timestamptz, OUT saldo bigint
) LANGUAGE sql STABLE AS $$
    SELECT m.numero, m.creada_en, m.saldo FROM (
        (SELECT t.numero, t.creada_en, t.saldo_debito AS saldo FROM pagos_transferencia t
         WHERE t.debito = p_cuenta AND t.numero <= p_numero ORDER BY t.numero DESC LIMIT 1)
        UNION ALL
        (SELECT t.numero, t.creada_en, t.saldo_credito FROM pagos_transferencia t
         WHERE t.credito = p_cuenta AND t.numero <= p_numero ORDER BY t.numero DESC LIMIT 1)
    ) m ORDER BY m.numero DESC LIMIT 1
$$;

-- The last transfer of an account at or before an instant, NULL if none. numero and creada_en both grow along
-- an account's transfers (its row was locked when they were given), so a binary search over numero needs no
-- index on time. Before the first movement and after the last one, which most questions are about, it answers
-- at once; in between, in at most some 25 steps.
CREATE FUNCTION pagos_numero_en(p_cuenta bigint, p_instante timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_desde bigint;  -- the answer is not before this number
    v_hasta bigint;  -- nor from this one on
    v_encontrado bigint;
    v_medio bigint;
    m record;
BEGIN
    SELECT * INTO m FROM pagos_ultimo_hasta(p_cuenta, 9223372036854775807);
    IF m.numero IS NULL OR m.creada_en <= p_instante THEN
        RETURN m.numero;
    END IF;
    v_hasta := m.numero;
    SELECT * INTO m FROM (
        (SELECT numero, creada_en FROM pagos_transferencia WHERE debito = p_cuenta ORDER BY numero LIMIT 1)
        UNION ALL
        (SELECT numero, creada_en FROM pagos_transferencia WHERE credito = p_cuenta ORDER BY numero LIMIT 1)
    ) p ORDER BY p.numero LIMIT 1;
    IF m.creada_en > p_instante THEN
        RETURN NULL;
    END IF;
    v_desde := m.numero;
    v_encontrado := m.numero;
    WHILE v_hasta - v_desde > 1 LOOP
        v_medio := v_desde + (v_hasta - v_desde) / 2;
        SELECT * INTO m FROM pagos_ultimo_hasta(p_cuenta, v_medio);
        IF m.creada_en <= p_instante THEN
            v_encontrado := m.numero;
            v_desde := v_medio;
        ELSE
            v_hasta := m.numero;
        END IF;
    END LOOP;
    RETURN v_encontrado;
END $$;

-- The posted balance (credits - debits) of an account at any instant.
CREATE FUNCTION pagos_saldo_en(p_cuenta bigint, p_instante timestamptz) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT u.saldo FROM pagos_ultimo_hasta(p_cuenta, pagos_numero_en(p_cuenta, p_instante)) u), 0)
$$;

REVOKE EXECUTE ON FUNCTION pagos_guardar_cuentas(pagos_cuenta[], timestamptz) FROM PUBLIC;
