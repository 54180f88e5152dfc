-- The common act, by a mandate without limits, pays for none: what is locked says whether anything is to be added up.

-- In the order of their ids. Shared, so that who acts by the same mandate at once does not wait; alone when it has
-- something to add up. Whether any of them has a limit, of any kind.
DROP FUNCTION registro_bloquear_mandatos(uuid[]);
CREATE FUNCTION registro_bloquear_mandatos(p_mandatos uuid[]) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    v_ids uuid[];
    v_suman uuid[];
    v_limites boolean;
    v_id uuid;
BEGIN
    SELECT array_agg(m.id ORDER BY m.id), bool_or(num_nonnulls(m.monto_limite, m.limite_dia, m.limite_mes) > 0),
           array_agg(m.id) FILTER (WHERE num_nonnulls(m.limite_dia, m.limite_mes) > 0)
    INTO v_ids, v_limites, v_suman
    FROM registro_mandatos_en_uso(p_mandatos) m;
    IF v_suman IS NULL THEN
        PERFORM FROM registro_mandato WHERE id = ANY (v_ids) ORDER BY id FOR SHARE;
        RETURN coalesce(v_limites, false);
    END IF;
    FOREACH v_id IN ARRAY v_ids LOOP
        IF v_id = ANY (v_suman) THEN
            PERFORM FROM registro_mandato WHERE id = v_id FOR NO KEY UPDATE;
        ELSE
            PERFORM FROM registro_mandato WHERE id = v_id FOR SHARE;
        END IF;
    END LOOP;
    RETURN true;
END $$;

-- Write down what an act took of every mandate that adds up.
CREATE OR REPLACE FUNCTION registro_anotar_uso(
    p_mandato uuid, p_propio uuid, p_caso text, p_acto uuid, p_monto bigint, p_instante timestamptz
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO registro_uso (mandato_id, acto, creado_en, dia, monto, tomado_dia, tomado_mes, caso)
    SELECT m.id, p_acto, p_instante, u.dia, p_monto, u.tomado_dia + p_monto, u.tomado_mes + p_monto, c.caso
    FROM registro_caso_de_uso c, registro_mandatos_en_uso(ARRAY[p_mandato, p_propio]) m,
         registro_usado(m.id, p_instante) u
    WHERE c.caso = p_caso AND c.acumula AND num_nonnulls(m.limite_dia, m.limite_mes) > 0;
END $$;
