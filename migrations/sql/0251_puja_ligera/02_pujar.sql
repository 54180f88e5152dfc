-- As 0207_subasta has it, written so that it is expanded where it is called.
CREATE OR REPLACE FUNCTION feria_subasta_cerrojo(p_convocatoria uuid, p_grupo smallint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hashtextextended('feria.subasta:' || p_convocatoria::text || ':' || p_grupo::text, 0)
$$;

-- As 0245_subasta_por_rondas has it, in fewer statements: what does not change while it is auctioned is read once, before any
-- wait; what others may have moved, in one, once this bid is alone with its bidder. That a process is no more in its auction,
-- `terminada_en` says (feria_subasta_fin).
-- A bid: the unit prices of what is auctioned at once, in the order of its items. The only way in. Its instant is the
-- database's clock, read before it waits for anybody; a bid in the last minutes of the auction makes it longer.
-- `otra_vez`: the end came between the first look and the instant; asked again in another savepoint, it is judged late,
-- after those before it, which may have moved the end.
CREATE OR REPLACE FUNCTION feria_pujar(p_participante uuid, p_cliente uuid, p_precios numeric[], p_quien text,
    OUT resultado text, OUT puja bigint, OUT hasta bigint, OUT hecha timestamptz, OUT termina timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    suyo record;
    cantidades numeric[];
    topes numeric[];
    cosa record;
    ventana interval;
    esta smallint;
    misma record;
    suma numeric := 0;
    tarde boolean;
    cerrojo bigint;
    tomado text;
BEGIN
    hecha := nucleo_ahora();
    SELECT p.convocatoria_id, p.grupo, g.termina_en, g.cantidades, s.rondas, s.empieza_en, s.extension_min,
            z.precios AS topes INTO suyo
        FROM feria_subasta_participante p
        JOIN feria_subasta_grupo g ON g.convocatoria_id = p.convocatoria_id AND g.numero = p.grupo
        JOIN feria_subasta s ON s.convocatoria_id = p.convocatoria_id
        JOIN feria_puja z ON z.participante_id = p.id AND z.numero = 0
        WHERE p.id = p_participante;
    tarde := hecha >= suyo.termina_en;
    IF suyo.rondas > 0 AND NOT tarde AND hecha >= suyo.empieza_en AND feria_subasta_ronda(p_participante, hecha) IS NULL
        AND NOT EXISTS (SELECT FROM feria_puja WHERE cliente_id = p_cliente) THEN
        resultado := 'turno';
        termina := suyo.termina_en;
        RETURN;
    END IF;
    cerrojo := feria_subasta_cerrojo(suyo.convocatoria_id, suyo.grupo);
    IF tarde OR suyo.rondas > 0 THEN
        tomado := pg_advisory_xact_lock(cerrojo);
    ELSE
        tomado := pg_advisory_xact_lock_shared(cerrojo);
    END IF;
    IF NOT tarde THEN
        hecha := nucleo_ahora();
    END IF;
    PERFORM 1 FROM feria_subasta_participante WHERE id = p_participante FOR NO KEY UPDATE;
    -- As those before left it: each statement looks anew.
    SELECT g.termina_en, g.paso, s.terminada_en, u.numero, u.monto, u.ronda INTO cosa
        FROM feria_subasta_grupo g
        JOIN feria_subasta s ON s.convocatoria_id = g.convocatoria_id
        CROSS JOIN LATERAL (SELECT numero, monto, ronda FROM feria_puja WHERE participante_id = p_participante
            ORDER BY numero DESC LIMIT 1) u
        WHERE g.convocatoria_id = suyo.convocatoria_id AND g.numero = suyo.grupo;
    termina := cosa.termina_en;
    SELECT id, participante_id, precios, hecha_en INTO misma FROM feria_puja WHERE cliente_id = p_cliente;
    IF FOUND THEN
        resultado := CASE WHEN misma.participante_id = p_participante AND misma.precios = p_precios THEN 'hecha'
            ELSE 'en_uso' END;
        puja := misma.id;
        hecha := misma.hecha_en;
        RETURN;
    END IF;
    IF hecha >= termina THEN
        resultado := CASE WHEN tarde THEN 'tarde' ELSE 'otra_vez' END;
        RETURN;
    END IF;
    IF termina IS NULL OR cosa.terminada_en IS NOT NULL THEN
        resultado := 'tarde';
        RETURN;
    END IF;
    IF hecha < suyo.empieza_en THEN
        resultado := 'temprano';
        RETURN;
    END IF;
    IF suyo.rondas > 0 THEN
        esta := feria_subasta_ronda(p_participante, hecha);
        IF esta IS NULL OR cosa.ronda = esta THEN
            resultado := CASE WHEN esta IS NULL THEN 'turno' ELSE 'pujada' END;
            RETURN;
        END IF;
    END IF;
    hasta := cosa.monto - cosa.paso;
    cantidades := suyo.cantidades; -- in variables of their own each is found at once, however many there are
    topes := suyo.topes;
    FOR i IN 1..cardinality(topes) LOOP
        suma := suma + round(cantidades[i] * p_precios[i] * 100);
        IF (p_precios[i] BETWEEN 0.0001 AND topes[i] AND p_precios[i] = round(p_precios[i], 4)) IS NOT TRUE THEN
            resultado := 'precios';
            RETURN;
        END IF;
    END LOOP;
    IF cardinality(p_precios) <> cardinality(topes) OR suma < 1 THEN
        resultado := 'precios';
        RETURN;
    END IF;
    IF suma > hasta THEN
        resultado := 'no_baja';
        RETURN;
    END IF;
    INSERT INTO feria_puja (participante_id, numero, cliente_id, precios, monto, numero_anterior, anterior, paso, hecha_en,
        hecha_por, ronda)
        VALUES (p_participante, cosa.numero + 1, p_cliente, p_precios, suma, cosa.numero, cosa.monto, cosa.paso, hecha, p_quien,
            esta)
        ON CONFLICT (cliente_id) DO NOTHING RETURNING id INTO puja;
    IF puja IS NULL THEN -- taken meanwhile by another bid, which this one waited for
        resultado := 'en_uso';
        RETURN;
    END IF;
    -- Of those that come together in the last minutes the first one makes it longer; after that they are no more the last.
    ventana := make_interval(mins => suyo.extension_min);
    IF ventana > interval '0' AND hecha >= termina - ventana THEN
        UPDATE feria_subasta_grupo g SET termina_en = g.termina_en + ventana, extensiones = g.extensiones + 1
            WHERE g.convocatoria_id = suyo.convocatoria_id AND g.numero = suyo.grupo AND hecha >= g.termina_en - ventana
            RETURNING g.termina_en INTO suyo.termina_en;
        IF FOUND THEN
            termina := suyo.termina_en;
        END IF;
    END IF;
    hasta := suma - cosa.paso;
    resultado := 'hecha';
END $$;
