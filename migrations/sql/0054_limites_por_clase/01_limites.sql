-- Limits for every level of identity, and for units by the class that they declared in the registry. A class has its own
-- number among the levels (11 on), so that one table, and one look-up, judge both.
ALTER TABLE pagos_limite ADD COLUMN confirmado boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT ck_pagos_limite_nivel,
    ADD CONSTRAINT ck_pagos_limite_nivel CHECK (nivel BETWEEN 1 AND 9 OR nivel BETWEEN 11 AND 19);

INSERT INTO pagos_limite (id, nivel, direccion, por_transaccion, por_dia, por_mes, cantidad_rapida, ventana_min,
                          vigente_desde, norma)
SELECT md5(format('pagos.limite %s %s', n.nivel, d.direccion))::uuid, n.nivel, d.direccion, n.tx, n.dia, n.mes,
       CASE d.direccion WHEN 'salida' THEN 60 END, CASE d.direccion WHEN 'salida' THEN 10 END,
       '2020-01-01 00:00:00-04', n.norma
FROM (VALUES
    (2, 200000, 200000, 3500000, 'Valor inicial de Qhatu para la identidad verificada: Bs 2.000 por operación y por día, '
                                 'Bs 35.000 por mes'),
    (3, 2000000, 2000000, 14000000, 'Valor inicial de Qhatu para la identidad con firma digital: Bs 20.000 por operación '
                                    'y por día, Bs 140.000 por mes')
) AS n (nivel, tx, dia, mes, norma), (VALUES ('salida'), ('entrada')) AS d (direccion)
ON CONFLICT DO NOTHING;

INSERT INTO pagos_limite (id, nivel, direccion, vigente_desde, norma)
SELECT md5(format('pagos.limite %s %s', nivel, direccion))::uuid, nivel, direccion, '2020-01-01 00:00:00-04',
       'Sin límite propio de la clase: cada quien paga hasta lo que permite su mandato'
FROM generate_series(11, 18) AS nivel, (VALUES ('salida'), ('entrada')) AS d (direccion);

-- The class that a unit declared, or NULL. For the SQL of other rooms.
CREATE FUNCTION registro_clase_de_unidad(p_unidad uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT tipo FROM registro_unidad WHERE id = p_unidad
$$;

CREATE FUNCTION pagos_nivel_de_clase(p_clase text) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE p_clase
        WHEN 'EMPRESA' THEN 11 WHEN 'COOPERATIVA' THEN 12 WHEN 'ASOCIACION' THEN 13 WHEN 'OECA' THEN 14
        WHEN 'COMUNIDAD' THEN 15 WHEN 'PERSONA_NATURAL' THEN 16 WHEN 'ENTIDAD_PUBLICA' THEN 17
        WHEN 'OPERADOR_POSTAL' THEN 18 ELSE 0 END::smallint
$$;

-- Whether the row of a level rules an account of another: people without rows of their own take those of the nearest
-- lower level; a class only its own. The lowest level to look at.
CREATE FUNCTION pagos_nivel_minimo(p_nivel smallint) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN p_nivel > 10 THEN p_nivel ELSE 1 END::smallint
$$;

CREATE OR REPLACE FUNCTION pagos_limites_en(p_nivel smallint, p_instante timestamptz) RETURNS pagos_limites
LANGUAGE plpgsql STABLE AS $$
DECLARE
    r pagos_limites;
BEGIN
    IF p_nivel = 0 THEN
        RETURN r;
    END IF;
    SELECT s.por_transaccion, s.por_dia, s.por_mes, s.cantidad_dia, s.cantidad_mes,
           e.por_transaccion, e.por_dia, e.por_mes, e.cantidad_dia, e.cantidad_mes,
           s.cantidad_rapida, s.ventana_min INTO r
    FROM (SELECT 1) uno
    LEFT JOIN LATERAL (
        SELECT * FROM pagos_limite
        WHERE nivel BETWEEN pagos_nivel_minimo(p_nivel) AND p_nivel AND direccion = 'salida'
          AND vigente_desde <= p_instante
        ORDER BY nivel DESC, vigente_desde DESC LIMIT 1) s ON true
    LEFT JOIN LATERAL (
        SELECT * FROM pagos_limite
        WHERE nivel BETWEEN pagos_nivel_minimo(p_nivel) AND p_nivel AND direccion = 'entrada'
          AND vigente_desde <= p_instante
        ORDER BY nivel DESC, vigente_desde DESC LIMIT 1) e ON true;
    RETURN r;
END $$;

-- A new account, empty; NULL when it exists already. Only the platform's own accounts that stand for the world outside,
-- or correct it, may owe; level 0, without limits, is not for people, and a unit's is that of its class, whatever the
-- caller says.
CREATE OR REPLACE FUNCTION pagos_abrir(p_titular uuid, p_titular_tipo text, p_tipo text, p_nivel smallint)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_id bigint;
BEGIN
    IF p_titular_tipo = 'persona' AND p_nivel = 0 THEN
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
