-- The registry's SQL façade for who uses a mandate: the ledger, and use cases that commit without moving money.
--
-- The order: 1. registro_bloquear_mandatos, before any lock of the ledger; 2. the caller reads the instant of its act
-- after its last lock; 3. registro_juzgar_mandato; 4. if the act is done, registro_anotar_uso. All in one transaction.
-- So no act carries a time after the revocation of its mandate: the revocation takes the same rows and reads its own
-- instant afterwards. What comes back (registro_devolver_uso) can be given at any moment: it takes no mandate.
--
-- A chain is the unit's mandate (p_mandato) and, through an office, the person's own in that office (p_propio).
-- Codes: ok, mandato_ajeno (of another unit, of another person, or none), mandato_no_vigente, mandato_conjunto (it
-- wants more signatures), mandato_sin_facultad, limite_de_mandato_acto, limite_de_mandato_dia, limite_de_mandato_mes.

-- Every mandate that an act by this chain uses: what was passed on uses that of who passed it on too, or two people
-- with half of a power would have the whole of it each.
CREATE FUNCTION registro_mandatos_en_uso(p_cadena uuid[]) RETURNS SETOF registro_mandato LANGUAGE sql STABLE AS $$
    SELECT m.* FROM registro_mandato m WHERE m.id IN (
        SELECT unnest(p_cadena) UNION SELECT d.delegado_de FROM registro_mandato d WHERE d.id = ANY (p_cadena))
$$;

-- In the order of their ids. Shared, so that who acts by the same mandate at once does not wait; alone when it has
-- something to add up.
CREATE FUNCTION registro_bloquear_mandatos(p_mandatos uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    m record;
BEGIN
    FOR m IN
        SELECT id, num_nonnulls(limite_dia, limite_mes) > 0 AS suma FROM registro_mandatos_en_uso(p_mandatos)
        ORDER BY id
    LOOP
        IF m.suma THEN
            PERFORM FROM registro_mandato WHERE id = m.id FOR NO KEY UPDATE;
        ELSE
            PERFORM FROM registro_mandato WHERE id = m.id FOR SHARE;
        END IF;
    END LOOP;
END $$;

-- What a mandate has used of the Bolivian day and month of an instant; exact while its row is locked.
CREATE FUNCTION registro_usado(
    p_mandato uuid, p_instante timestamptz,
    OUT dia date, OUT tomado_dia bigint, OUT tomado_mes bigint, OUT usado_dia bigint, OUT usado_mes bigint
) LANGUAGE plpgsql STABLE AS $$
DECLARE
    u registro_uso;
    d_dia bigint;
    d_mes bigint;
BEGIN
    dia := (p_instante AT TIME ZONE 'America/La_Paz')::date;
    SELECT * INTO u FROM registro_uso WHERE mandato_id = p_mandato AND monto > 0 ORDER BY numero DESC LIMIT 1;
    dia := greatest(dia, u.dia);
    tomado_dia := CASE WHEN u.dia = dia THEN u.tomado_dia ELSE 0 END;
    tomado_mes := CASE WHEN date_trunc('month', u.dia) = date_trunc('month', dia) THEN u.tomado_mes ELSE 0 END;
    usado_dia := tomado_dia;
    usado_mes := tomado_mes;
    IF tomado_mes > 0 THEN
        SELECT coalesce(sum(v.monto) FILTER (WHERE v.dia = registro_usado.dia), 0), coalesce(sum(v.monto), 0)
        INTO d_dia, d_mes
        FROM registro_uso v
        WHERE v.mandato_id = p_mandato AND v.monto < 0
          AND v.dia >= date_trunc('month', registro_usado.dia)::date;
        usado_dia := usado_dia + d_dia;
        usado_mes := usado_mes + d_mes;
    END IF;
END $$;

-- Which limit an amount would pass, of any mandate of the chain; ok when none.
CREATE FUNCTION registro_juzgar_limites(p_cadena uuid[], c registro_caso_de_uso, p_monto bigint, p_instante timestamptz)
RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    m registro_mandato;
    u record;
BEGIN
    FOR m IN
        SELECT * FROM registro_mandatos_en_uso(p_cadena)
        WHERE num_nonnulls(monto_limite, limite_dia, limite_mes) > 0 ORDER BY id
    LOOP
        IF c.por_acto AND p_monto > m.monto_limite THEN
            RETURN 'limite_de_mandato_acto';
        END IF;
        IF c.acumula AND num_nonnulls(m.limite_dia, m.limite_mes) > 0 THEN
            u := registro_usado(m.id, p_instante);
            IF u.usado_dia + p_monto > m.limite_dia THEN
                RETURN 'limite_de_mandato_dia';
            ELSIF u.usado_mes + p_monto > m.limite_mes THEN
                RETURN 'limite_de_mandato_mes';
            END IF;
        END IF;
    END LOOP;
    RETURN 'ok';
END $$;

-- Whether p_quien acts for p_unidad by this chain at this instant and, when a case is given, with its faculty and for
-- that amount. Without a case only that they act for it: what an act moves is not theirs to spend.
CREATE FUNCTION registro_juzgar_mandato(
    p_mandato uuid, p_propio uuid, p_quien uuid, p_unidad uuid, p_caso text, p_monto bigint, p_instante timestamptz
) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    m registro_mandato;
    o registro_mandato;
    c registro_caso_de_uso;
    v_facultades text[];
    v_codigo text;
BEGIN
    SELECT * INTO m FROM registro_mandato WHERE id = p_mandato;
    IF p_propio IS NOT NULL THEN
        SELECT * INTO o FROM registro_mandato WHERE id = p_propio;
    END IF;
    v_codigo := CASE
        WHEN m.id IS NULL OR p_quien IS NULL OR m.unidad_id IS DISTINCT FROM p_unidad THEN 'mandato_ajeno'
        WHEN p_propio IS NULL AND m.apoderado_persona_id IS DISTINCT FROM p_quien THEN 'mandato_ajeno'
        WHEN p_propio IS NOT NULL AND (o.id IS NULL OR o.unidad_id IS DISTINCT FROM m.apoderado_unidad_id
             OR o.apoderado_persona_id IS DISTINCT FROM p_quien) THEN 'mandato_ajeno'
        WHEN NOT registro_mandato_vigente(m, p_instante) THEN 'mandato_no_vigente'
        WHEN p_propio IS NOT NULL AND NOT (registro_mandato_vigente(o, p_instante)
             AND EXISTS (SELECT FROM registro_unidad WHERE id = o.unidad_id AND estado = 'inscrita'))
            THEN 'mandato_no_vigente'
        WHEN m.firmas_requeridas > 1 OR o.firmas_requeridas > 1 THEN 'mandato_conjunto'
        ELSE 'ok' END;
    IF v_codigo <> 'ok' OR p_caso IS NULL THEN
        RETURN v_codigo;
    END IF;
    SELECT * INTO STRICT c FROM registro_caso_de_uso WHERE caso = p_caso;
    v_facultades := ARRAY[c.facultad, 'ADMINISTRAR'];
    IF NOT m.facultades && v_facultades OR p_propio IS NOT NULL AND NOT o.facultades && v_facultades THEN
        RETURN 'mandato_sin_facultad';
    END IF;
    RETURN registro_juzgar_limites(ARRAY[p_mandato, p_propio], c, p_monto, p_instante);
END $$;

-- Write down what an act took of every mandate that adds up.
CREATE FUNCTION registro_anotar_uso(
    p_mandato uuid, p_propio uuid, p_caso text, p_acto uuid, p_monto bigint, p_instante timestamptz
) RETURNS void LANGUAGE sql AS $$
    INSERT INTO registro_uso (mandato_id, acto, creado_en, dia, monto, tomado_dia, tomado_mes, caso)
    SELECT m.id, p_acto, p_instante, u.dia, p_monto, u.tomado_dia + p_monto, u.tomado_mes + p_monto, p_caso
    FROM registro_mandatos_en_uso(ARRAY[p_mandato, p_propio]) m, registro_usado(m.id, p_instante) u
    WHERE num_nonnulls(m.limite_dia, m.limite_mes) > 0
      AND (SELECT c.acumula FROM registro_caso_de_uso c WHERE c.caso = p_caso)
$$;

-- Give back up to p_monto (NULL: all that is left) of what an act took, of each of its mandates; how much came back.
CREATE FUNCTION registro_devolver_uso(p_acto uuid, p_monto bigint, p_instante timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    u registro_uso;
    v_queda bigint;
    v_devuelto bigint := 0;
BEGIN
    FOR u IN SELECT * FROM registro_uso WHERE acto = p_acto AND monto > 0 ORDER BY numero FOR NO KEY UPDATE
    LOOP
        v_queda := u.monto + coalesce((
            SELECT sum(v.monto) FROM registro_uso v
            WHERE v.acto = p_acto AND v.mandato_id = u.mandato_id AND v.monto < 0), 0);
        v_queda := least(v_queda, p_monto);
        IF v_queda > 0 THEN
            INSERT INTO registro_uso (mandato_id, acto, creado_en, dia, monto, caso)
            VALUES (u.mandato_id, p_acto, p_instante, u.dia, -v_queda, u.caso);
            v_devuelto := greatest(v_devuelto, v_queda);
        END IF;
    END LOOP;
    RETURN v_devuelto;
END $$;

-- Commitments without money: judged and used in one call, by the use case. The same act again uses nothing more.
CREATE FUNCTION registro_usar_mandato(
    p_mandato uuid, p_propio uuid, p_quien uuid, p_unidad uuid, p_caso text, p_acto uuid, p_monto bigint
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_instante timestamptz;
    v_codigo text;
BEGIN
    IF p_monto < 0 OR (SELECT del_libro FROM registro_caso_de_uso WHERE caso = p_caso) IS NOT FALSE THEN
        RAISE EXCEPTION 'el uso de «%» no se anota así', p_caso USING ERRCODE = 'check_violation';
    END IF;
    PERFORM registro_bloquear_mandatos(ARRAY[p_mandato, p_propio]);
    IF EXISTS (SELECT FROM registro_uso WHERE acto = p_acto AND mandato_id = p_mandato AND monto = p_monto) THEN
        RETURN 'ok';
    END IF;
    v_instante := nucleo_ahora();
    v_codigo := registro_juzgar_mandato(p_mandato, p_propio, p_quien, p_unidad, p_caso, p_monto, v_instante);
    IF v_codigo = 'ok' AND p_monto > 0 THEN
        PERFORM registro_anotar_uso(p_mandato, p_propio, p_caso, p_acto, p_monto, v_instante);
    END IF;
    RETURN v_codigo;
END $$;

CREATE FUNCTION registro_devolver_compromiso(p_acto uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM registro_uso u JOIN registro_caso_de_uso c USING (caso) WHERE u.acto = p_acto AND c.del_libro)
    THEN
        RAISE EXCEPTION 'lo pagado lo devuelve el libro' USING ERRCODE = 'check_violation';
    END IF;
    RETURN registro_devolver_uso(p_acto, NULL, nucleo_ahora());
END $$;

REVOKE ALL ON FUNCTION registro_usar_mandato, registro_devolver_compromiso FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registro_usar_mandato, registro_devolver_compromiso TO qhatu_aplicacion;
