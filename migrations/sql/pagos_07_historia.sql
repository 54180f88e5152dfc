-- The last transfer of an account at or before an instant, NULL if none. numero and creada_en both grow along
-- an account's transfers (its row was locked when they were given), so a binary search over numero needs no
-- index on time: some 25 steps of two index probes, whatever the account's size.
CREATE FUNCTION pagos_numero_en(p_cuenta bigint, p_instante timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v_desde bigint := 0;
    v_hasta bigint;
    v_medio bigint;
    v_encontrado bigint;
    v_numero bigint;
    v_cuando timestamptz;
BEGIN
    SELECT greatest((SELECT max(numero) FROM pagos_transferencia WHERE debito = p_cuenta),
                    (SELECT max(numero) FROM pagos_transferencia WHERE credito = p_cuenta)) INTO v_hasta;
    v_medio := v_hasta;  -- first ask about the newest: most questions are about now
    WHILE v_hasta > v_desde LOOP
        SELECT m.numero, m.creada_en INTO v_numero, v_cuando FROM (
            (SELECT numero, creada_en FROM pagos_transferencia
             WHERE debito = p_cuenta AND numero <= v_medio ORDER BY numero DESC LIMIT 1)
            UNION ALL
            (SELECT numero, creada_en FROM pagos_transferencia
             WHERE credito = p_cuenta AND numero <= v_medio ORDER BY numero DESC LIMIT 1)
        ) m ORDER BY m.numero DESC LIMIT 1;
        IF v_numero IS NULL THEN
            v_desde := v_medio;
        ELSIF v_cuando <= p_instante THEN
            v_encontrado := v_numero;
            v_desde := v_medio;
        ELSE
            v_hasta := v_numero - 1;
        END IF;
        v_medio := v_desde + (v_hasta - v_desde + 1) / 2;
    END LOOP;
    RETURN v_encontrado;
END $$;

-- The posted balance (credits - debits) of an account at any instant.
CREATE FUNCTION pagos_saldo_en(p_cuenta bigint, p_instante timestamptz) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT m.saldo FROM (
            (SELECT numero, saldo_debito AS saldo FROM pagos_transferencia
             WHERE debito = p_cuenta AND numero <= n.numero ORDER BY numero DESC LIMIT 1)
            UNION ALL
            (SELECT numero, saldo_credito FROM pagos_transferencia
             WHERE credito = p_cuenta AND numero <= n.numero ORDER BY numero DESC LIMIT 1)
        ) m ORDER BY m.numero DESC LIMIT 1), 0)
    FROM (SELECT pagos_numero_en(p_cuenta, p_instante) AS numero) n
$$;

REVOKE EXECUTE ON FUNCTION pagos_guardar_cuentas(pagos_cuenta[], timestamptz) FROM PUBLIC;
