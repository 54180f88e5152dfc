-- The sweep: pending transfers whose time is over by the database's clock give back what they held, each by a
-- transfer of type 5 that nobody but this function writes. Late, twice or from two workers: the same result.
CREATE OR REPLACE FUNCTION pagos_vencer(p_cuantas integer DEFAULT 500) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_pendientes uuid[];
    v_cuentas bigint[];
    v_instante timestamptz;
    v_hechas integer := 0;
    v_id uuid;
    k pagos_pendiente;
    d pagos_cuenta;
    c pagos_cuenta;
BEGIN
    v_instante := nucleo_ahora();
    SELECT array_agg(q.id), array_agg(q.debito) || array_agg(q.credito) INTO v_pendientes, v_cuentas
    FROM (SELECT * FROM pagos_pendiente
          WHERE estado = 'abierta' AND vence_en <= v_instante ORDER BY vence_en LIMIT p_cuantas) q;
    IF v_pendientes IS NULL THEN
        RETURN 0;
    END IF;
    SELECT greatest(v_instante, max(s.ultima_en)) INTO v_instante
    FROM (SELECT ultima_en FROM pagos_cuenta WHERE id = ANY (v_cuentas) ORDER BY id FOR NO KEY UPDATE) s;

    FOR k IN
        SELECT * FROM pagos_pendiente WHERE id = ANY (v_pendientes) AND estado = 'abierta' ORDER BY vence_en
    LOOP
        SELECT * INTO STRICT d FROM pagos_cuenta WHERE id = k.debito;
        SELECT * INTO STRICT c FROM pagos_cuenta WHERE id = k.credito;
        d.debitos_pendientes := d.debitos_pendientes - k.monto;
        c.creditos_pendientes := c.creditos_pendientes - k.monto;
        IF k.codigo < 100 THEN
            d := pagos_devolver_uso(d, k.creada_en, k.monto, 0, 1, 0);
            c := pagos_devolver_uso(c, k.creada_en, 0, k.monto, 0, 1);
        END IF;
        d.ultima_en := v_instante;
        c.ultima_en := v_instante;
        PERFORM pagos_guardar_cuentas(ARRAY[d, c], v_instante);
        INSERT INTO pagos_transferencia (
            id, debito, credito, monto, saldo_debito, saldo_credito, creada_en, codigo, tipo, pendiente_id)
        VALUES (gen_random_uuid(), k.debito, k.credito, k.monto,
                d.creditos_contabilizados - d.debitos_contabilizados,
                c.creditos_contabilizados - c.debitos_contabilizados, v_instante, k.codigo, 5, k.id)
        RETURNING id INTO v_id;
        UPDATE pagos_pendiente SET estado = 'vencida', resuelta_por = v_id, resuelta_en = v_instante
        WHERE id = k.id;
        IF d.titular_tipo = 'unidad' THEN
            PERFORM registro_devolver_uso(k.id, k.monto, v_instante);
        END IF;
        v_hechas := v_hechas + 1;
    END LOOP;
    RETURN v_hechas;
END $$;
