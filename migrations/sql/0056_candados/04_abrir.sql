-- A new account, empty; NULL when it exists already. Only the platform's own accounts that stand for the world outside,
-- or correct it, may owe; a person has a level of identity, never none nor a class of units, which have other limits;
-- and a unit's level is that of its class, whatever the caller says.
CREATE OR REPLACE FUNCTION pagos_abrir(p_titular uuid, p_titular_tipo text, p_tipo text, p_nivel smallint)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_id bigint;
BEGIN
    IF p_titular_tipo = 'persona' AND p_nivel NOT BETWEEN 1 AND 9 THEN
        RAISE EXCEPTION 'una persona tiene límites' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO pagos_cuenta (titular_id, titular_tipo, tipo, nivel, debitos_no_exceden_creditos)
    VALUES (p_titular, p_titular_tipo, p_tipo,
            CASE p_titular_tipo WHEN 'unidad' THEN pagos_nivel_de_clase(registro_clase_de_unidad(p_titular))
                                ELSE p_nivel END,
            NOT (p_titular_tipo = 'sistema' AND p_tipo IN ('pasarela', 'liquidacion', 'ajuste')))
    ON CONFLICT DO NOTHING RETURNING id INTO v_id;
    RETURN v_id;
END $$;
