-- Budget is certified and reverted by who may pay for the entity, and committed by who may buy for it, up to their limit by
-- act. What a commitment adds up by day and month is counted once, when the order is given ('orden_de_compra').
INSERT INTO registro_caso_de_uso (caso, facultad, por_acto, acumula, del_libro, monto, vuelve) VALUES
    ('certificacion', 'PAGAR', true, false, true, 'lo que se certifica', NULL),
    ('reversion', 'PAGAR', false, false, true, 'lo que vuelve al techo', NULL),
    ('compromiso', 'COMPRAR', true, false, true, 'lo que se compromete para cada pedido', NULL);

-- Which of the registry's cases of use a transfer is (registro_caso_de_uso).
CREATE OR REPLACE FUNCTION pagos_caso_de_uso(p_codigo smallint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE p_codigo WHEN 3 THEN 'compra' WHEN 7 THEN 'retiro' WHEN 8 THEN 'planilla' WHEN 100 THEN 'devolucion'
                         WHEN 101 THEN 'comision' WHEN 120 THEN 'certificacion' WHEN 121 THEN 'compromiso'
                         WHEN 124 THEN 'reversion' ELSE 'pago' END
$$;

-- Whether p_quien may take this from an account (tipo 1, 2), or post or free what was held (3, 4).
--
-- What the ledger knows: whose the account is, which mandates exist, whose they are and until when, and which programs
-- a unit has. So nobody takes from a person but that person, nor from a unit but a person by a mandate of that unit or
-- a program of it; and the budget of an entity, which is in accounts of nobody, is judged as what is in its own. What it
-- cannot know: that the caller is who it says, and what happened outside it. So it trusts whom it names, and does not judge a
-- call that names nobody (the platform's own: sweeps, escrow, disputes), what leaves the platform's accounts, nor who says
-- that a held payment is to be posted or freed (a delivery, a bank's answer): only that they act by a mandate in force, when
-- they say that they act by one.
CREATE OR REPLACE FUNCTION pagos_juzgar_quien(
    p_titular_tipo text, p_titular uuid, p_tipo smallint, p_quien uuid, p_unidad uuid, p_mandato uuid, p_propio uuid,
    p_codigo smallint, p_monto bigint, p_instante timestamptz
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v_toma CONSTANT boolean := p_tipo <= 2 AND p_titular_tipo <> 'sistema';
BEGIN
    IF v_toma AND p_titular_tipo = 'persona' AND p_quien IS DISTINCT FROM p_titular
       AND num_nonnulls(p_quien, p_mandato) > 0 THEN
        RETURN 'cuenta_debito_ajena';
    END IF;
    IF p_mandato IS NULL THEN
        RETURN CASE
            WHEN NOT v_toma OR p_titular_tipo <> 'unidad' OR p_quien IS NULL THEN 'ok'
            WHEN ciudadania_programa_de(p_quien, p_titular, 'pagos', p_instante) THEN 'ok'
            ELSE 'sin_mandato' END;
    END IF;
    IF v_toma AND p_titular_tipo = 'unidad' THEN
        IF p_unidad IS DISTINCT FROM p_titular THEN
            RETURN 'mandato_ajeno';
        END IF;
        RETURN registro_juzgar_mandato(p_mandato, p_propio, p_quien, p_unidad, pagos_caso_de_uso(p_codigo), p_monto,
                                       p_instante);
    END IF;
    RETURN registro_juzgar_mandato(p_mandato, p_propio, p_quien, p_unidad,
                                   CASE WHEN p_codigo IN (120, 121, 124) THEN pagos_caso_de_uso(p_codigo) END, p_monto,
                                   p_instante);
END $$;

-- How much was certified in the account of a certificate by a mandate, and committed for a matter by one.
CREATE FUNCTION pagos_certificado_por(p_certificado uuid, p_mandato uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(t.monto), 0)::bigint FROM pagos_certificado x
    JOIN pagos_transferencia t ON t.credito = x.cuenta AND t.codigo = 120 AND t.mandato = p_mandato
    WHERE x.id = p_certificado
$$;
CREATE FUNCTION pagos_comprometido_por(p_asunto uuid, p_mandato uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(t.monto), 0)::bigint FROM pagos_compromiso x
    JOIN pagos_transferencia t ON t.credito = x.cuenta AND t.codigo = 121 AND t.mandato = p_mandato
    WHERE x.asunto_id = p_asunto
$$;

-- Whether all of these mandates let do a case of use.
CREATE FUNCTION registro_dejan(p_mandatos uuid[], p_caso text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT EXISTS (
        SELECT FROM registro_mandato m JOIN registro_caso_de_uso c ON c.caso = p_caso
        WHERE m.id = ANY (p_mandatos) AND NOT m.facultades && ARRAY[c.facultad::text, 'ADMINISTRAR'])
$$;
