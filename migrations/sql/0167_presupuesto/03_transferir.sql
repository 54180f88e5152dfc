-- The one door into the ledger: applies a batch of transfers in order and answers one code for each.
--
-- Shape: four set-based statements (lock and load the accounts in id order; resolve the requests against what
-- is stored; insert what passed; write back the accounts) around a loop that judges in memory, so a batch costs
-- few statements and a hot account is written once, however many times the batch touches it.
--
-- Codes, in order of precedence; the first that applies is the answer. Only 'ok' moves money.
--   cadena_fallida, cadena_abierta, id_invalido,
--   existe_con_otro_tipo, existe_con_otra_pendiente, existe_con_otra_cuenta_debito,
--   existe_con_otra_cuenta_credito, existe_con_otro_monto, existe_con_otro_codigo,
--   existe_con_otra_referencia, existe_con_otro_plazo, existe,
--   tipo_invalido, codigo_invalido, pendiente_no_corresponde, pendiente_requerida, plazo_no_corresponde,
--   plazo_invalido, monto_invalido, pendiente_inexistente, no_es_pendiente,
--   pendiente_con_otra_cuenta_debito, pendiente_con_otra_cuenta_credito, pendiente_con_otro_codigo,
--   cuentas_iguales, cuenta_debito_inexistente, cuenta_credito_inexistente,
--   cuenta_debito_ajena, sin_mandato, mandato_ajeno, mandato_no_vigente, mandato_conjunto, mandato_sin_facultad,
--   limite_de_mandato_acto, limite_de_mandato_dia, limite_de_mandato_mes, monedas_distintas, motivo_no_corresponde,
--   excede_pendiente, anulacion_parcial, pendiente_ya_confirmada, pendiente_ya_anulada, pendiente_vencida,
--   cuenta_debito_cerrada, cuenta_credito_cerrada, cuenta_debito_congelada,
--   fondos_insuficientes, excede_debitos,
--   limite_por_transaccion_salida, limite_diario_salida, limite_mensual_salida,
--   limite_cantidad_diaria_salida, limite_cantidad_mensual_salida, limite_rapidez_salida,
--   and the first five of them with _entrada.
--
-- Chains: enlazada joins a transfer with the next one; a chain is all or nothing. The member that fails has its
-- own code and the others cadena_fallida; a chain still open at the end of the batch fails. A chain sent again
-- whole answers existe for each member; one that mixes stored and new members fails.
-- Two-phase: pendiente reserves; confirma (monto <= pending, 0 = whole) posts and frees the rest; anula frees.
-- For confirma and anula, accounts given as 0 are those of the pending transfer, and the reason is its own: what they
-- may say otherwise is the amount (of confirma), the reference and who asks, as in TigerBeetle.
-- Freezing stops new debits only; closing stops everything. Codes >= 100 (refunds, commissions, adjustments,
-- settlement, escrow, budget) neither count toward limits nor are stopped by them. Matters: pagos_motivo_de_asunto;
-- budget, in its own currency and in simple transfers only: pagos_motivo_de_presupuesto.
-- An id that another open transaction is writing with other accounts raises unique_violation: try again.
-- Who takes: pagos_juzgar_quien. A stored transfer sent again is not judged, and uses no mandate twice.
-- Locks: the mandates in the order of their ids, then the accounts in the order of theirs.

-- This revision leaves as they are the other functions that it calls (0016_libro_entero, 0026_limites,
-- 0054_limites_por_clase); its own are in 01_cuentas.

CREATE OR REPLACE FUNCTION pagos_transferir(
    p_id uuid[], p_debito bigint[], p_credito bigint[], p_monto bigint[], p_codigo smallint[],
    p_tipo smallint[], p_enlazada boolean[], p_pendiente uuid[], p_plazo_s integer[], p_referencia uuid[],
    p_quien uuid[], p_unidad uuid[], p_mandato uuid[], p_propio uuid[] DEFAULT NULL,
    OUT codigos text[], OUT numeros bigint[], OUT creadas timestamptz[], OUT instante timestamptz
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    v_n CONSTANT integer := cardinality(p_id);
    v_hoy date;
    v_ids bigint[];
    v_cuentas pagos_cuenta[];
    v_hay_repetidas boolean;
    v_aceptadas integer := 0;
    -- Whether a mandate of the batch has a limit, and the last who was found to act: without limits, who took a
    -- moment ago by the same mandate for the same reason is not judged again.
    v_limites boolean := false;
    v_quien record := NULL;
    v_mismo record := NULL;
    v_reservas integer := 0;
    v_vuelve boolean := 100 = ANY (p_codigo);  -- something may come back to a unit, by whose mandates it went
    -- Pending transfers resolved within this batch, and how (3 or 4).
    v_resueltas uuid[] := '{}';
    v_como smallint[] := '{}';
    -- What each accepted transfer ended as, by position in the batch.
    v_debito bigint[] := p_debito;
    v_credito bigint[] := p_credito;
    v_monto bigint[] := p_monto;
    v_saldo_d bigint[];
    v_saldo_c bigint[];
    v_igual_a integer[];
    v_previas_d pagos_cuenta[];
    v_previas_c pagos_cuenta[];
    -- The transfer being judged.
    r record;
    j integer;
    v_codigo text;
    v_x_plazo integer;
    v_libera bigint;
    d pagos_cuenta;
    c pagos_cuenta;
    k pagos_pendiente;
    x pagos_transferencia;
    ld pagos_limites;
    lc pagos_limites;
    ld_nivel smallint := 0;
    lc_nivel smallint := 0;
    -- The limits of each level met in this batch, read once: wallets of several levels come in any order.
    v_nivel smallint;
    v_niveles smallint[] := '{}';
    v_de_nivel pagos_limites[] := '{}';
    -- The chain being judged: where it starts, whether it already failed, and how many members are stored.
    v_inicio integer := 0;
    v_rota boolean := false;
    v_viejas integer := 0;
    v_numeros bigint[];
BEGIN
    IF v_n IS NULL OR v_n = 0 THEN
        codigos := '{}'; numeros := '{}'; instante := nucleo_ahora();
        RETURN;
    END IF;
    IF v_n > 8192 THEN
        RAISE EXCEPTION 'un lote lleva hasta 8192 transferencias' USING ERRCODE = 'program_limit_exceeded';
    END IF;

    IF p_mandato IS NOT NULL THEN
        v_limites := registro_bloquear_mandatos(p_mandato || p_propio);
    END IF;

    -- 0. A lone simple transfer, the commonest call: done in one statement, or judged below.
    IF v_n = 1 AND p_tipo[1] = 1 AND p_enlazada[1] IS NOT TRUE AND p_pendiente[1] IS NULL
       AND p_plazo_s[1] IS NULL THEN
        SELECT e.o_numero, e.o_creada_en INTO x.numero, x.creada_en
        FROM pagos_expreso(p_id[1], p_debito[1], p_credito[1], p_monto[1], p_codigo[1], p_referencia[1],
                           p_quien[1], p_unidad[1], p_mandato[1], p_propio[1]) e;
        IF x.numero IS NOT NULL THEN
            IF v_limites THEN
                PERFORM registro_anotar_uso(p_mandato[1], p_propio[1], pagos_caso_de_uso(p_codigo[1]), p_id[1],
                                            p_monto[1], x.creada_en);
            END IF;
            instante := x.creada_en;
            codigos := ARRAY['ok'];
            numeros := ARRAY[x.numero];
            RETURN;
        END IF;
    END IF;

    -- 1. Lock in id order (no deadlock between batches), then read what the locks protect.
    v_ids := p_debito || p_credito;
    IF cardinality(array_remove(p_pendiente, NULL)) > 0 THEN
        v_ids := v_ids || ARRAY(SELECT unnest(ARRAY[q.debito, q.credito]) FROM pagos_pendiente q
                                WHERE q.id = ANY (p_pendiente));
    END IF;
    SELECT array_agg(s.b), array_agg(s.id), max(s.ultima_en) INTO v_cuentas, v_ids, instante
    FROM (SELECT b, b.id, b.ultima_en FROM pagos_cuenta b
          WHERE b.id = ANY (v_ids) ORDER BY b.id FOR NO KEY UPDATE) s;
    instante := greatest(nucleo_ahora(), instante);
    v_hoy := (instante AT TIME ZONE 'America/La_Paz')::date;
    codigos := array_fill('ok'::text, ARRAY[v_n]);
    v_saldo_d := array_fill(0::bigint, ARRAY[v_n]);
    v_saldo_c := v_saldo_d;
    v_hay_repetidas := v_n > 1 AND (SELECT count(DISTINCT u) FROM unnest(p_id) u) < v_n;

    FOR r IN
        SELECT p.orden::integer AS i, p.id, p.debito, p.credito, p.monto, p.codigo, p.tipo,
               coalesce(p.enlazada, false) AS enlazada,
               p.pendiente, p.plazo_s, p.referencia, p.quien, p.unidad, p.mandato, p.propio, t.id AS t_id, q.id AS q_id, pd.pos AS pd, pc.pos AS pc,
               -- Nothing in the request itself can refuse it: only the state of its accounts matters.
               (p.tipo = 1 AND p.enlazada IS NOT TRUE AND NOT v_hay_repetidas AND t.id IS NULL
                AND p.pendiente IS NULL AND p.plazo_s IS NULL AND p.codigo BETWEEN 1 AND 999
                AND p.id <> '00000000-0000-0000-0000-000000000000'
                AND p.monto BETWEEN 1 AND 1000000000000 AND pd.pos <> pc.pos) IS TRUE AS llana
        FROM unnest(p_id, p_debito, p_credito, p_monto, p_codigo, p_tipo, p_enlazada, p_pendiente,
                    p_plazo_s, p_referencia, p_quien, p_unidad, p_mandato, p_propio) WITH ORDINALITY
             AS p (id, debito, credito, monto, codigo, tipo, enlazada, pendiente, plazo_s, referencia, quien, unidad,
                   mandato, propio, orden)
        LEFT JOIN pagos_transferencia t ON t.id = p.id
        LEFT JOIN pagos_pendiente q ON q.id = p.pendiente
        LEFT JOIN unnest(v_ids) WITH ORDINALITY AS pd (id, pos)
            ON pd.id = CASE WHEN p.debito = 0 THEN q.debito ELSE p.debito END
        LEFT JOIN unnest(v_ids) WITH ORDINALITY AS pc (id, pos)
            ON pc.id = CASE WHEN p.credito = 0 THEN q.credito ELSE p.credito END
        ORDER BY p.orden
    LOOP
        v_codigo := 'ok';
        -- 2. Judge the request, unless it is plain; each PL/pgSQL expression costs, so plain ones skip this.
        IF NOT r.llana OR v_inicio > 0 THEN
            IF r.enlazada AND v_inicio = 0 THEN
                v_inicio := r.i;
                v_rota := false;
                v_viejas := 0;
            END IF;

            -- Each block keeps the first code it finds.
            IF v_inicio > 0 AND v_rota THEN
                v_codigo := 'cadena_fallida';
            ELSIF r.enlazada AND r.i = v_n THEN
                v_codigo := 'cadena_abierta';
            ELSIF r.id IS NULL OR r.id = '00000000-0000-0000-0000-000000000000' THEN
                v_codigo := 'id_invalido';
            END IF;

            -- The pending transfer that this one resolves: stored, or accepted earlier in this batch.
            IF v_codigo = 'ok' AND r.pendiente IS NOT NULL THEN
                IF r.q_id IS NOT NULL THEN
                    SELECT * INTO k FROM pagos_pendiente WHERE id = r.q_id;
                ELSE
                    k := NULL;
                    j := array_position(p_id, r.pendiente);
                    WHILE j IS NOT NULL AND j < r.i LOOP
                        IF codigos[j] = 'ok' AND p_tipo[j] = 2 THEN
                            k.id := r.pendiente; k.debito := p_debito[j]; k.credito := p_credito[j];
                            k.monto := p_monto[j]; k.codigo := p_codigo[j]; k.creada_en := instante;
                            k.estado := 'abierta';
                            r.pd := array_position(v_ids, coalesce(nullif(r.debito, 0), k.debito));
                            r.pc := array_position(v_ids, coalesce(nullif(r.credito, 0), k.credito));
                        END IF;
                        j := array_position(p_id, r.pendiente, j + 1);
                    END LOOP;
                END IF;
                IF r.tipo IN (3, 4) AND coalesce(r.monto, 0) = 0 THEN
                    r.monto := k.monto;
                END IF;
            END IF;

            -- The same id again: stored before, or accepted earlier in this batch.
            IF v_codigo = 'ok' AND r.t_id IS NOT NULL THEN
                SELECT * INTO x FROM pagos_transferencia WHERE id = r.id;
                SELECT plazo_s INTO v_x_plazo FROM pagos_pendiente WHERE id = r.id;
                v_codigo := pagos_juzgar_repetida(x, r.tipo, r.pendiente, r.debito, r.credito, r.monto,
                                                  r.codigo, r.referencia, r.plazo_s, v_x_plazo);
                IF v_codigo = 'existe' THEN
                    creadas := coalesce(creadas, array_fill(NULL::timestamptz, ARRAY[v_n]));
                    numeros := coalesce(numeros, array_fill(NULL::bigint, ARRAY[v_n]));
                    numeros[r.i] := x.numero;
                    creadas[r.i] := x.creada_en;
                END IF;
            ELSIF v_codigo = 'ok' AND v_hay_repetidas THEN
                j := array_position(p_id, r.id);
                WHILE j < r.i LOOP
                    IF codigos[j] = 'ok' THEN
                        x := NULL;
                        x.tipo := p_tipo[j]; x.pendiente_id := p_pendiente[j]; x.debito := v_debito[j];
                        x.credito := v_credito[j]; x.monto := v_monto[j]; x.codigo := p_codigo[j];
                        x.referencia := p_referencia[j];
                        v_codigo := pagos_juzgar_repetida(x, r.tipo, r.pendiente, r.debito, r.credito, r.monto,
                                                          r.codigo, r.referencia, r.plazo_s, p_plazo_s[j]);
                        v_igual_a[r.i] := j;
                        EXIT;
                    END IF;
                    j := array_position(p_id, r.id, j + 1);
                END LOOP;
            END IF;

            -- Is it well formed?
            IF v_codigo = 'ok' THEN
                v_codigo := CASE
                    WHEN r.tipo IS NULL OR r.tipo NOT BETWEEN 1 AND 4 THEN 'tipo_invalido'
                    WHEN r.codigo IS NULL OR r.codigo NOT BETWEEN 1 AND 999 THEN 'codigo_invalido'
                    WHEN r.pendiente IS NOT NULL AND r.tipo <= 2 THEN 'pendiente_no_corresponde'
                    WHEN r.pendiente IS NULL AND r.tipo > 2 THEN 'pendiente_requerida'
                    WHEN r.plazo_s IS NOT NULL AND r.tipo <> 2 THEN 'plazo_no_corresponde'
                    WHEN r.plazo_s NOT BETWEEN 1 AND 31622400 THEN 'plazo_invalido'
                    WHEN r.monto < 0 OR r.tipo <= 2 AND coalesce(r.monto, 0) NOT BETWEEN 1 AND 1000000000000
                        THEN 'monto_invalido'
                    WHEN r.tipo > 2 AND k.id IS NULL THEN 'pendiente_inexistente'
                    WHEN r.tipo > 2 AND r.debito NOT IN (0, k.debito) THEN 'pendiente_con_otra_cuenta_debito'
                    WHEN r.tipo > 2 AND r.credito NOT IN (0, k.credito) THEN 'pendiente_con_otra_cuenta_credito'
                    WHEN r.tipo > 2 AND r.codigo <> k.codigo THEN 'pendiente_con_otro_codigo'
                    WHEN r.tipo <= 2 AND r.debito = r.credito THEN 'cuentas_iguales'
                    WHEN r.pd IS NULL THEN 'cuenta_debito_inexistente'
                    WHEN r.pc IS NULL THEN 'cuenta_credito_inexistente'
                    ELSE 'ok' END;
                IF v_codigo = 'pendiente_inexistente'
                   AND pagos_existe(r.pendiente, p_id[:r.i - 1], codigos) THEN
                    v_codigo := 'no_es_pendiente';
                END IF;
            END IF;
        END IF;

        -- 3. Judge who takes, unless it is the platform or the owner, and the state of its accounts.
        IF v_codigo = 'ok' THEN
            d := v_cuentas[r.pd];
            c := v_cuentas[r.pc];
            IF r.mandato IS NOT NULL OR r.quien <> d.titular_id THEN
                v_quien := ROW(d.id, r.tipo, r.quien, r.unidad, r.mandato, r.propio, r.codigo);
                IF v_limites OR v_quien IS DISTINCT FROM v_mismo THEN
                    v_codigo := pagos_juzgar_quien(d.titular_tipo, d.titular_id, r.tipo, r.quien, r.unidad, r.mandato,
                                                   r.propio, r.codigo, r.monto, instante);
                    v_mismo := CASE WHEN v_codigo = 'ok' THEN v_quien END;
                END IF;
            END IF;
            IF d.uso_dia < v_hoy OR c.uso_dia < v_hoy THEN
                d := pagos_nuevo_dia(d, v_hoy);
                c := pagos_nuevo_dia(c, v_hoy);
            END IF;
            IF r.tipo <= 2 THEN
                IF d.nivel <> ld_nivel OR c.nivel <> lc_nivel THEN
                    ld_nivel := d.nivel;
                    lc_nivel := c.nivel;
                    FOREACH v_nivel IN ARRAY ARRAY[ld_nivel, lc_nivel] LOOP
                        IF v_nivel <> ALL (v_niveles) THEN
                            v_niveles := v_niveles || v_nivel;
                            v_de_nivel := v_de_nivel || pagos_limites_en(v_nivel, instante);
                        END IF;
                    END LOOP;
                    ld := v_de_nivel[array_position(v_niveles, ld_nivel)];
                    lc := v_de_nivel[array_position(v_niveles, lc_nivel)];
                END IF;
                v_codigo := CASE
                    WHEN v_codigo <> 'ok' THEN v_codigo
                    WHEN d.moneda <> c.moneda THEN 'monedas_distintas'
                    WHEN (d.asunto IS NOT NULL OR c.asunto IS NOT NULL OR d.moneda = 'BOP'
                          OR r.codigo BETWEEN 110 AND 129)
                         AND NOT CASE d.moneda
                             WHEN 'BOP' THEN pagos_motivo_de_presupuesto(d, c, r.codigo, r.tipo, r.unidad, r.mandato)
                             ELSE pagos_motivo_de_asunto(d.titular_tipo, c.titular_tipo, r.codigo) END
                        THEN 'motivo_no_corresponde'
                    WHEN d.cerrada THEN 'cuenta_debito_cerrada'
                    WHEN c.cerrada THEN 'cuenta_credito_cerrada'
                    WHEN d.congelada THEN 'cuenta_debito_congelada'
                    WHEN d.debitos_no_exceden_creditos AND r.monto >
                         d.creditos_contabilizados - d.debitos_contabilizados - d.debitos_pendientes
                        THEN 'fondos_insuficientes'
                    WHEN c.creditos_no_exceden_debitos AND r.monto >
                         c.debitos_contabilizados - c.creditos_contabilizados - c.creditos_pendientes
                        THEN 'excede_debitos'
                    WHEN r.codigo >= 100 THEN 'ok'  -- below, a limit that is NULL is no limit
                    WHEN r.monto > ld.salida_tx THEN 'limite_por_transaccion_salida'
                    WHEN d.salida_dia + r.monto > ld.salida_dia THEN 'limite_diario_salida'
                    WHEN d.salida_mes + r.monto > ld.salida_mes THEN 'limite_mensual_salida'
                    WHEN d.salidas_dia >= ld.salidas_dia THEN 'limite_cantidad_diaria_salida'
                    WHEN d.salidas_mes >= ld.salidas_mes THEN 'limite_cantidad_mensual_salida'
                    WHEN coalesce(d.salidas_mes >= ld.salidas_rapidas, false) AND pagos_va_rapido(
                        d.id, d.salidas_mes, ld.salidas_rapidas, ld.ventana_min, instante)
                        THEN 'limite_rapidez_salida'
                    WHEN r.monto > lc.entrada_tx THEN 'limite_por_transaccion_entrada'
                    WHEN c.entrada_dia + r.monto > lc.entrada_dia THEN 'limite_diario_entrada'
                    WHEN c.entrada_mes + r.monto > lc.entrada_mes THEN 'limite_mensual_entrada'
                    WHEN c.entradas_dia >= lc.entradas_dia THEN 'limite_cantidad_diaria_entrada'
                    WHEN c.entradas_mes >= lc.entradas_mes THEN 'limite_cantidad_mensual_entrada'
                    ELSE 'ok' END;
            ELSE
                v_codigo := CASE
                    WHEN v_codigo <> 'ok' THEN v_codigo
                    WHEN d.moneda <> c.moneda THEN 'monedas_distintas'
                    WHEN r.monto > k.monto THEN 'excede_pendiente'
                    WHEN r.tipo = 4 AND r.monto <> k.monto THEN 'anulacion_parcial'
                    WHEN k.estado = 'abierta' AND r.pendiente = ANY (v_resueltas) THEN
                        CASE v_como[array_position(v_resueltas, r.pendiente)]
                            WHEN 3 THEN 'pendiente_ya_confirmada' ELSE 'pendiente_ya_anulada' END
                    WHEN k.estado = 'confirmada' THEN 'pendiente_ya_confirmada'
                    WHEN k.estado = 'anulada' THEN 'pendiente_ya_anulada'
                    WHEN k.estado = 'vencida' OR k.vence_en <= instante THEN 'pendiente_vencida'
                    WHEN d.cerrada THEN 'cuenta_debito_cerrada'
                    WHEN c.cerrada THEN 'cuenta_credito_cerrada'
                    ELSE 'ok' END;
            END IF;
        END IF;

        -- 4. A chain: a stored member is good only if all are stored; a failed member undoes those before it.
        IF v_inicio > 0 AND NOT v_rota THEN
            IF v_codigo = 'existe' AND v_viejas = r.i - v_inicio THEN
                v_viejas := v_viejas + 1;
            ELSIF v_codigo <> 'ok' OR v_viejas > 0 THEN
                v_rota := true;
                IF v_codigo = 'ok' THEN
                    v_codigo := 'cadena_fallida';
                END IF;
                FOR j IN REVERSE r.i - 1 .. v_inicio LOOP
                    IF codigos[j] = 'ok' THEN
                        v_cuentas[array_position(v_ids, v_previas_d[j].id)] := v_previas_d[j];
                        v_cuentas[array_position(v_ids, v_previas_c[j].id)] := v_previas_c[j];
                        v_aceptadas := v_aceptadas - 1;
                        IF p_tipo[j] = 2 THEN
                            v_reservas := v_reservas - 1;
                        ELSIF p_tipo[j] > 2 THEN
                            v_resueltas := trim_array(v_resueltas, 1);
                            v_como := trim_array(v_como, 1);
                        END IF;
                        IF v_limites THEN
                            PERFORM registro_desanotar_uso(p_id[j]);
                        END IF;
                        codigos[j] := 'cadena_fallida';
                    END IF;
                END LOOP;
            END IF;
        END IF;

        -- 5. Accept in memory.
        IF v_codigo = 'ok' THEN
            IF v_inicio > 0 THEN
                v_previas_d[r.i] := v_cuentas[r.pd];
                v_previas_c[r.i] := v_cuentas[r.pc];
            END IF;
            IF r.tipo <= 2 AND r.codigo < 100 THEN
                d.salida_dia := d.salida_dia + r.monto; d.salida_mes := d.salida_mes + r.monto;
                d.salidas_dia := d.salidas_dia + 1; d.salidas_mes := d.salidas_mes + 1;
                c.entrada_dia := c.entrada_dia + r.monto; c.entrada_mes := c.entrada_mes + r.monto;
                c.entradas_dia := c.entradas_dia + 1; c.entradas_mes := c.entradas_mes + 1;
            END IF;
            IF r.tipo = 1 THEN
                d.debitos_contabilizados := d.debitos_contabilizados + r.monto;
                c.creditos_contabilizados := c.creditos_contabilizados + r.monto;
            ELSIF r.tipo = 2 THEN
                d.debitos_pendientes := d.debitos_pendientes + r.monto;
                c.creditos_pendientes := c.creditos_pendientes + r.monto;
                v_reservas := v_reservas + 1;
            ELSE
                d.debitos_pendientes := d.debitos_pendientes - k.monto;
                c.creditos_pendientes := c.creditos_pendientes - k.monto;
                v_libera := k.monto;
                IF r.tipo = 3 THEN
                    d.debitos_contabilizados := d.debitos_contabilizados + r.monto;
                    c.creditos_contabilizados := c.creditos_contabilizados + r.monto;
                    v_libera := k.monto - r.monto;
                END IF;
                IF k.codigo < 100 THEN
                    d := pagos_devolver_uso(d, k.creada_en, v_libera, 0, (r.tipo = 4)::integer, 0);
                    c := pagos_devolver_uso(c, k.creada_en, 0, v_libera, 0, (r.tipo = 4)::integer);
                END IF;
                v_vuelve := v_vuelve OR d.titular_tipo = 'unidad';
                v_resueltas := v_resueltas || r.pendiente;
                v_como := v_como || r.tipo;
                v_debito[r.i] := k.debito;
                v_credito[r.i] := k.credito;
                v_monto[r.i] := r.monto;
            END IF;
            IF v_limites AND r.mandato IS NOT NULL AND r.tipo <= 2 AND d.titular_tipo = 'unidad' THEN
                PERFORM registro_anotar_uso(r.mandato, r.propio, pagos_caso_de_uso(r.codigo), r.id, r.monto, instante);
            END IF;
            d.ultima_en := instante;
            c.ultima_en := instante;
            v_cuentas[r.pd] := d;
            v_cuentas[r.pc] := c;
            v_saldo_d[r.i] := d.creditos_contabilizados - d.debitos_contabilizados;
            v_saldo_c[r.i] := c.creditos_contabilizados - c.debitos_contabilizados;
            v_aceptadas := v_aceptadas + 1;
        ELSE
            codigos[r.i] := v_codigo;
        END IF;
        IF v_inicio > 0 AND NOT r.enlazada THEN
            v_inicio := 0;
        END IF;
    END LOOP;

    -- 6. Write what was accepted: new rows in order, and each account once.
    IF v_aceptadas > 0 THEN
        WITH escrita AS (
            INSERT INTO pagos_transferencia (
                id, debito, credito, monto, saldo_debito, saldo_credito, creada_en, codigo, tipo,
                quien, por_unidad, mandato, mandato_propio, referencia, pendiente_id)
            SELECT p.id, p.debito, p.credito, p.monto, p.saldo_d, p.saldo_c, instante, p.codigo, p.tipo,
                   p.quien, p.unidad, p.mandato, p.propio, p.referencia, p.pendiente
            FROM unnest(p_id, v_debito, v_credito, v_monto, v_saldo_d, v_saldo_c, p_codigo, p_tipo, p_quien,
                        p_unidad, p_mandato, p_propio, p_referencia, p_pendiente, codigos) WITH ORDINALITY
                 AS p (id, debito, credito, monto, saldo_d, saldo_c, codigo, tipo, quien,
                       unidad, mandato, propio, referencia, pendiente, resultado, orden)
            WHERE p.resultado = 'ok'
            ORDER BY p.orden
            RETURNING numero
        ) SELECT array_agg(numero) INTO v_numeros FROM escrita;
        ASSERT cardinality(v_numeros) = v_aceptadas;

        PERFORM pagos_guardar_cuentas(v_cuentas, instante);
    END IF;
    IF v_reservas > 0 THEN
        INSERT INTO pagos_pendiente (id, debito, credito, monto, codigo, creada_en, vence_en, plazo_s)
        SELECT p.id, p.debito, p.credito, p.monto, p.codigo, instante,
               instante + make_interval(secs => p.plazo_s), p.plazo_s
        FROM unnest(p_id, p_debito, p_credito, p_monto, p_codigo, p_tipo, p_plazo_s, codigos)
             AS p (id, debito, credito, monto, codigo, tipo, plazo_s, resultado)
        WHERE p.resultado = 'ok' AND p.tipo = 2;
    END IF;
    IF cardinality(v_resueltas) > 0 THEN
        UPDATE pagos_pendiente q SET
            estado = CASE p.tipo WHEN 3 THEN 'confirmada' ELSE 'anulada' END,
            monto_confirmado = CASE p.tipo WHEN 3 THEN p.monto ELSE 0 END,
            resuelta_por = p.id, resuelta_en = instante
        FROM unnest(p_id, v_monto, p_tipo, p_pendiente, codigos) AS p (id, monto, tipo, pendiente, resultado)
        WHERE q.id = p.pendiente AND p.resultado = 'ok' AND p.tipo > 2;
    END IF;

    -- 7. Number each answer: its own number, or that of the stored transfer it repeats.
    IF v_aceptadas = v_n THEN
        numeros := v_numeros;
    ELSE
        j := 0;
        numeros := coalesce(numeros, array_fill(NULL::bigint, ARRAY[v_n]));
        FOR i IN 1 .. v_n LOOP
            IF codigos[i] = 'ok' THEN
                j := j + 1;
                numeros[i] := v_numeros[j];
            ELSIF codigos[i] = 'existe' AND v_igual_a[i] IS NOT NULL THEN
                creadas := coalesce(creadas, array_fill(NULL::timestamptz, ARRAY[v_n]));
                numeros[i] := numeros[v_igual_a[i]];
                creadas[i] := instante;
            END IF;
        END LOOP;
    END IF;

    -- 8. What comes back to a unit was perhaps taken by a mandate of its people.
    IF v_vuelve AND v_aceptadas > 0 THEN
        PERFORM pagos_devolver_a_mandatos(numeros, v_debito, v_credito, v_monto, p_codigo, p_tipo, p_pendiente,
                                          p_referencia, codigos, instante);
    END IF;
END $$;
