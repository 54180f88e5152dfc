-- As 0221_subasta_firme has it; and by rounds, one bid in the turn of each. Who comes out of turn waits for nobody and keeps
-- nobody waiting; whose turn it is takes what is auctioned alone, so that what was bid in the rounds before is all there.
-- A bid: the unit prices of what is auctioned at once, in the order of its items. The only way in. Its instant is the
-- database's clock, read before it waits for anybody; a bid in the last minutes of the auction makes it longer.
-- `otra_vez`: the end came between the first look and the instant; asked again in another savepoint, it is judged late,
-- after those before it, which may have moved the end.
CREATE OR REPLACE FUNCTION feria_pujar(p_participante uuid, p_cliente uuid, p_precios numeric[], p_quien text,
    OUT resultado text, OUT puja bigint, OUT hasta bigint, OUT hecha timestamptz, OUT termina timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    suyo feria_subasta_participante;
    cosa feria_subasta_grupo;
    ventana interval;
    rondas smallint;
    esta smallint;
    empieza timestamptz;
    ultima feria_puja;
    suma bigint;
    cuantas bigint;
    tarde boolean;
BEGIN
    SELECT * INTO suyo FROM feria_subasta_participante WHERE id = p_participante;
    SELECT * INTO cosa FROM feria_subasta_grupo WHERE convocatoria_id = suyo.convocatoria_id AND numero = suyo.grupo;
    hecha := nucleo_ahora();
    tarde := hecha >= cosa.termina_en;
    SELECT s.rondas, s.empieza_en INTO rondas, empieza FROM feria_subasta s WHERE s.convocatoria_id = suyo.convocatoria_id;
    IF rondas > 0 AND NOT tarde AND hecha >= empieza AND feria_subasta_ronda(suyo.id, hecha) IS NULL
        AND NOT EXISTS (SELECT FROM feria_puja WHERE cliente_id = p_cliente) THEN
        resultado := 'turno';
        termina := cosa.termina_en;
        RETURN;
    END IF;
    IF tarde OR rondas > 0 THEN
        PERFORM pg_advisory_xact_lock(feria_subasta_cerrojo(cosa.convocatoria_id, cosa.numero));
    ELSE
        PERFORM pg_advisory_xact_lock_shared(feria_subasta_cerrojo(cosa.convocatoria_id, cosa.numero));
    END IF;
    IF NOT tarde THEN
        hecha := nucleo_ahora();
    END IF;
    -- As those before left it: each statement looks anew.
    SELECT g.* INTO cosa FROM feria_subasta_grupo g
        WHERE g.convocatoria_id = suyo.convocatoria_id AND g.numero = suyo.grupo;
    SELECT make_interval(mins => s.extension_min), s.empieza_en INTO ventana, empieza
        FROM feria_subasta s WHERE s.convocatoria_id = suyo.convocatoria_id;
    termina := cosa.termina_en;
    PERFORM 1 FROM feria_subasta_participante WHERE id = suyo.id FOR NO KEY UPDATE;
    SELECT * INTO ultima FROM feria_puja WHERE cliente_id = p_cliente;
    IF FOUND THEN
        resultado := CASE WHEN ultima.participante_id = suyo.id AND ultima.precios = p_precios THEN 'hecha' ELSE 'en_uso' END;
        puja := ultima.id;
        hecha := ultima.hecha_en;
        RETURN;
    END IF;
    IF hecha >= cosa.termina_en THEN
        resultado := CASE WHEN tarde THEN 'tarde' ELSE 'otra_vez' END;
        RETURN;
    END IF;
    PERFORM 1 FROM feria_subasta s JOIN feria_convocatoria c ON c.id = s.convocatoria_id
        WHERE s.convocatoria_id = suyo.convocatoria_id AND s.terminada_en IS NULL AND c.estado = 'subasta';
    IF NOT FOUND THEN
        resultado := 'tarde';
        RETURN;
    END IF;
    IF hecha < empieza THEN
        resultado := 'temprano';
        RETURN;
    END IF;
    SELECT * INTO ultima FROM feria_puja WHERE participante_id = suyo.id ORDER BY numero DESC LIMIT 1;
    IF rondas > 0 THEN
        esta := feria_subasta_ronda(suyo.id, hecha);
        IF esta IS NULL OR ultima.ronda = esta THEN
            resultado := CASE WHEN esta IS NULL THEN 'turno' ELSE 'pujada' END;
            RETURN;
        END IF;
    END IF;
    hasta := ultima.monto - cosa.paso;
    SELECT sum(round(l.cantidad * o.precio * 100)), count(*) FILTER (
            WHERE o.precio BETWEEN 0.0001 AND l.precio AND o.precio = round(o.precio, 4))
        INTO suma, cuantas
        FROM feria_subasta_lineas(suyo.id) l JOIN unnest(p_precios) WITH ORDINALITY o (precio, orden) ON o.orden = l.orden;
    IF cuantas IS DISTINCT FROM cardinality(ultima.precios) OR cardinality(p_precios) <> cardinality(ultima.precios)
        OR suma IS NULL OR suma < 1 THEN
        resultado := 'precios';
        RETURN;
    END IF;
    IF suma > hasta THEN
        resultado := 'no_baja';
        RETURN;
    END IF;
    INSERT INTO feria_puja (participante_id, numero, cliente_id, precios, monto, numero_anterior, anterior, paso, hecha_en,
        hecha_por, ronda)
        VALUES (suyo.id, ultima.numero + 1, p_cliente, p_precios, suma, ultima.numero, ultima.monto, cosa.paso, hecha, p_quien,
            esta)
        ON CONFLICT (cliente_id) DO NOTHING RETURNING id INTO puja;
    IF puja IS NULL THEN -- taken meanwhile by another bid, which this one waited for
        resultado := 'en_uso';
        RETURN;
    END IF;
    -- Of those that come together in the last minutes the first one makes it longer; after that they are no more the last.
    UPDATE feria_subasta_grupo g SET termina_en = g.termina_en + ventana, extensiones = g.extensiones + 1
        WHERE g.convocatoria_id = cosa.convocatoria_id AND g.numero = cosa.numero
            AND ventana > interval '0' AND hecha >= g.termina_en - ventana
        RETURNING g.termina_en INTO cosa.termina_en;
    IF FOUND THEN
        termina := cosa.termina_en;
    END IF;
    hasta := suma - cosa.paso;
    resultado := 'hecha';
END $$;
