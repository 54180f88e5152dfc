-- The application reads the ledger and writes it through functions alone. They run as the owner, find only what is in
-- public, and are for the application and nobody else. pagos_transferir and pagos_vencer were already so.

-- A new account, empty; NULL when it exists already. Only the platform's own accounts that stand for the world outside,
-- or correct it, may owe; level 0, without limits, is not for people.
CREATE FUNCTION pagos_abrir(p_titular uuid, p_titular_tipo text, p_tipo text, p_nivel smallint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_id bigint;
BEGIN
    IF p_titular_tipo = 'persona' AND p_nivel = 0 THEN
        RAISE EXCEPTION 'una persona tiene límites' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO pagos_cuenta (titular_id, titular_tipo, tipo, nivel, debitos_no_exceden_creditos)
    VALUES (p_titular, p_titular_tipo, p_tipo, p_nivel,
            NOT (p_titular_tipo = 'sistema' AND p_tipo IN ('pasarela', 'liquidacion', 'ajuste')))
    ON CONFLICT DO NOTHING RETURNING id INTO v_id;
    RETURN v_id;
END $$;

CREATE FUNCTION pagos_nivelar(p_cuenta bigint, p_nivel smallint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF p_nivel NOT BETWEEN 1 AND 9 THEN
        RAISE EXCEPTION 'una persona tiene límites' USING ERRCODE = 'check_violation';
    END IF;
    UPDATE pagos_cuenta SET nivel = p_nivel WHERE id = p_cuenta AND titular_tipo = 'persona';
END $$;

-- Whether it was empty, and is closed now.
CREATE FUNCTION pagos_cerrar(p_cuenta bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE pagos_cuenta SET cerrada = true WHERE id = p_cuenta AND debitos_pendientes = 0
        AND creditos_pendientes = 0 AND debitos_contabilizados = creditos_contabilizados;
    RETURN FOUND;
END $$;

-- The bare flag; pagos_cuenta_congelada refuses to commit an account that is not frozen while a freeze is open.
CREATE FUNCTION pagos_marcar_congelada(p_cuenta bigint, p_congelada boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE pagos_cuenta SET congelada = p_congelada WHERE id = p_cuenta;
END $$;

ALTER FUNCTION pagos_congelar(uuid, bigint, text, text, uuid) SECURITY DEFINER SET search_path = public, pg_temp;
ALTER FUNCTION pagos_descongelar(bigint, text, text, uuid) SECURITY DEFINER SET search_path = public, pg_temp;

-- Rows that only a trigger writes: the registry's public sequence and its index, the history of a charge.
ALTER FUNCTION registro_numerar() SECURITY DEFINER SET search_path = public, pg_temp;
ALTER FUNCTION registro_indexar() SECURITY DEFINER SET search_path = public, pg_temp;
ALTER FUNCTION pagos_intento_anotar() SECURITY DEFINER SET search_path = public, pg_temp;

REVOKE ALL ON FUNCTION
    pagos_transferir, pagos_vencer, pagos_abrir, pagos_nivelar, pagos_cerrar, pagos_marcar_congelada, pagos_congelar,
    pagos_descongelar, registro_numerar, registro_indexar, registro_constancia, pagos_intento_anotar, constancia_anotar,
    constancia_integrar
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    pagos_transferir, pagos_vencer, pagos_abrir, pagos_nivelar, pagos_cerrar, pagos_marcar_congelada, pagos_congelar,
    pagos_descongelar, constancia_anotar, constancia_integrar
    TO qhatu_aplicacion;
