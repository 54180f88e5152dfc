-- The express lane of pagos_transferir: one simple transfer that breaks no rule, in one statement that locks,
-- judges, inserts and updates. It decides nothing but "plainly good": anything else, a stored id included,
-- writes nothing and returns NULL, and the general path finds the code to answer. Budget is never here.
CREATE OR REPLACE FUNCTION pagos_expreso(
    p_id uuid, p_debito bigint, p_credito bigint, p_monto bigint, p_codigo smallint, p_referencia uuid,
    p_quien uuid, p_unidad uuid, p_mandato uuid, p_propio uuid,
    OUT o_numero bigint, OUT o_creada_en timestamptz
) LANGUAGE plpgsql AS $$
BEGIN
    WITH b AS MATERIALIZED (
        SELECT * FROM pagos_cuenta WHERE id IN (p_debito, p_credito) ORDER BY id FOR NO KEY UPDATE
    ), dia AS MATERIALIZED (
        SELECT h.ahora, (h.ahora AT TIME ZONE 'America/La_Paz')::date AS hoy
        FROM (SELECT greatest(nucleo_ahora(), max(ultima_en)) AS ahora FROM b OFFSET 0) h
    ), escrita AS (
        INSERT INTO pagos_transferencia (
            id, debito, credito, monto, saldo_debito, saldo_credito, creada_en, codigo, tipo,
            quien, por_unidad, mandato, mandato_propio, referencia)
        SELECT p_id, d.id, c.id, p_monto,
               d.creditos_contabilizados - d.debitos_contabilizados - p_monto,
               c.creditos_contabilizados - c.debitos_contabilizados + p_monto,
               h.ahora, p_codigo, 1, p_quien, p_unidad, p_mandato, p_propio, p_referencia
        FROM dia h, b AS d, b AS c
        WHERE d.id = p_debito AND c.id = p_credito AND d.id <> c.id
          AND p_monto BETWEEN 1 AND 1000000000000 AND p_codigo BETWEEN 1 AND 999
          AND p_id <> '00000000-0000-0000-0000-000000000000'
          AND d.moneda = c.moneda AND d.moneda <> 'BOP' AND NOT (d.cerrada OR c.cerrada OR d.congelada)
          AND (d.asunto IS NULL AND c.asunto IS NULL AND p_codigo NOT BETWEEN 110 AND 129
               OR pagos_motivo_de_asunto(d.titular_tipo, c.titular_tipo, p_codigo))
          -- A refund to a unit may give back what a mandate used: the general path looks for it.
          AND (p_codigo <> 100 OR c.titular_tipo <> 'unidad')
          AND CASE WHEN p_mandato IS NULL AND coalesce(p_quien = d.titular_id, true) THEN true
                   WHEN p_mandato IS NOT NULL AND d.titular_tipo <> 'unidad' THEN false
                   ELSE pagos_juzgar_quien(d.titular_tipo, d.titular_id, 1::smallint, p_quien, p_unidad, p_mandato,
                                           p_propio, p_codigo, p_monto, h.ahora) = 'ok' END
          AND d.uso_dia = h.hoy AND c.uso_dia = h.hoy
          AND (NOT d.debitos_no_exceden_creditos OR p_monto <=
               d.creditos_contabilizados - d.debitos_contabilizados - d.debitos_pendientes)
          AND (NOT c.creditos_no_exceden_debitos OR p_monto <=
               c.debitos_contabilizados - c.creditos_contabilizados - c.creditos_pendientes)
          AND (p_codigo >= 100 OR (
              (d.nivel = 0 OR (
                  SELECT p_monto <= x.por_transaccion AND d.salida_dia + p_monto <= x.por_dia
                     AND d.salida_mes + p_monto <= x.por_mes
                     AND d.salidas_dia < x.cantidad_dia AND d.salidas_mes < x.cantidad_mes
                     AND NOT (coalesce(d.salidas_mes >= x.cantidad_rapida, false) AND pagos_va_rapido(
                         d.id, d.salidas_mes, x.cantidad_rapida, x.ventana_min, h.ahora))
                  FROM pagos_limite x
                  WHERE x.nivel BETWEEN pagos_nivel_minimo(d.nivel) AND d.nivel AND x.direccion = 'salida' AND x.vigente_desde <= h.ahora
                  ORDER BY x.nivel DESC, x.vigente_desde DESC LIMIT 1) IS NOT FALSE)
              AND (c.nivel = 0 OR (
                  SELECT p_monto <= x.por_transaccion AND c.entrada_dia + p_monto <= x.por_dia
                     AND c.entrada_mes + p_monto <= x.por_mes
                     AND c.entradas_dia < x.cantidad_dia AND c.entradas_mes < x.cantidad_mes
                  FROM pagos_limite x
                  WHERE x.nivel BETWEEN pagos_nivel_minimo(c.nivel) AND c.nivel AND x.direccion = 'entrada' AND x.vigente_desde <= h.ahora
                  ORDER BY x.nivel DESC, x.vigente_desde DESC LIMIT 1) IS NOT FALSE)))
        ON CONFLICT (id) DO NOTHING
        RETURNING numero, creada_en, CASE WHEN codigo < 100 THEN monto ELSE 0 END AS usado,
                  (codigo < 100)::integer AS veces
    ), movida AS (
        UPDATE pagos_cuenta b SET
            debitos_contabilizados = b.debitos_contabilizados + v.sale * p_monto,
            creditos_contabilizados = b.creditos_contabilizados + v.entra * p_monto,
            ultima_en = e.creada_en,
            salida_dia = b.salida_dia + v.sale * e.usado, salida_mes = b.salida_mes + v.sale * e.usado,
            entrada_dia = b.entrada_dia + v.entra * e.usado,
            entrada_mes = b.entrada_mes + v.entra * e.usado,
            salidas_dia = b.salidas_dia + v.sale * e.veces,
            salidas_mes = b.salidas_mes + v.sale * e.veces,
            entradas_dia = b.entradas_dia + v.entra * e.veces,
            entradas_mes = b.entradas_mes + v.entra * e.veces
        FROM escrita e, (VALUES (p_debito, 1, 0), (p_credito, 0, 1)) AS v (id, sale, entra)
        WHERE b.id = v.id
    )
    SELECT e.numero, e.creada_en INTO o_numero, o_creada_en FROM escrita e;
END $$;
