-- All that is auctioned of a process, held alone and in order: no bid is under way.
CREATE FUNCTION feria_subasta_detener(p_convocatoria uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    cosa smallint;
BEGIN
    FOR cosa IN SELECT numero FROM feria_subasta_grupo WHERE convocatoria_id = p_convocatoria ORDER BY numero LOOP
        PERFORM pg_advisory_xact_lock(feria_subasta_cerrojo(p_convocatoria, cosa));
    END LOOP;
END $$;

-- When the last of what is auctioned of a process ends, once those that bid before now have done.
CREATE FUNCTION feria_subasta_acaba(p_convocatoria uuid) RETURNS timestamptz LANGUAGE plpgsql AS $$
BEGIN
    PERFORM feria_subasta_detener(p_convocatoria);
    RETURN (SELECT max(termina_en) FROM feria_subasta_grupo WHERE convocatoria_id = p_convocatoria);
END $$;

-- An interruption is made up for by a notice, which is an act of just now: what has not ended ends later, nothing sooner.
CREATE FUNCTION feria_subasta_prorrogar(p_acta uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    aviso feria_acta;
    nuevo timestamptz;
    movidas integer;
BEGIN
    SELECT * INTO aviso FROM feria_acta WHERE id = p_acta AND clase = 'interrupcion'
        AND hecha_en > nucleo_ahora() - interval '1 minute' AND contenido::jsonb ->> 'motivo' <> '';
    PERFORM feria_subasta_detener(aviso.convocatoria_id);
    nuevo := (aviso.contenido::jsonb ->> 'termina')::timestamptz;
    UPDATE feria_subasta_grupo g SET termina_en = nuevo
        FROM feria_convocatoria c
        WHERE g.convocatoria_id = aviso.convocatoria_id AND c.id = g.convocatoria_id AND c.estado = 'subasta'
            AND g.termina_en > nucleo_ahora() AND nuevo > g.termina_en;
    GET DIAGNOSTICS movidas = ROW_COUNT;
    RETURN movidas;
END $$;
REVOKE ALL ON FUNCTION feria_subasta_prorrogar(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION feria_subasta_prorrogar(uuid) TO qhatu_aplicacion;

-- Whatever takes a process out of its auction ends it; who goes on to the evaluation does so after its end, with the act
-- that says its bids, and what was bid last is what each bid says from then on.
CREATE FUNCTION feria_subasta_fin() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    suyo record;
BEGIN
    PERFORM feria_subasta_detener(NEW.id);
    IF NEW.estado = 'evaluacion' THEN
        PERFORM 1 FROM feria_subasta_grupo WHERE convocatoria_id = NEW.id HAVING max(termina_en) <= nucleo_ahora();
        IF NOT FOUND OR NOT EXISTS (SELECT FROM feria_acta WHERE convocatoria_id = NEW.id AND clase = 'subasta') THEN
            RAISE EXCEPTION 'the auction has not ended' USING ERRCODE = 'restrict_violation';
        END IF;
        FOR suyo IN SELECT DISTINCT ON (p.id) p.id, u.precios, u.hecha_en
            FROM feria_subasta_participante p JOIN feria_puja u ON u.participante_id = p.id
            WHERE p.convocatoria_id = NEW.id ORDER BY p.id, u.numero DESC
        LOOP
            UPDATE feria_oferta_linea l SET precio_inicial = l.precio_unitario, total_inicial = l.total,
                precio_unitario = o.precio, total = round(s.cantidad * o.precio * 100), subastada_en = suyo.hecha_en
                FROM feria_subasta_lineas(suyo.id) s JOIN unnest(suyo.precios) WITH ORDINALITY o (precio, orden)
                    ON o.orden = s.orden
                WHERE l.id = s.linea_id;
        END LOOP;
    END IF;
    UPDATE feria_subasta SET terminada_en = nucleo_ahora() WHERE convocatoria_id = NEW.id;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION feria_subasta_fin() FROM PUBLIC;
CREATE TRIGGER feria_subasta_fin BEFORE UPDATE ON feria_convocatoria FOR EACH ROW
    WHEN (OLD.estado = 'subasta' AND NEW.estado <> 'subasta') EXECUTE FUNCTION feria_subasta_fin();

-- A process is auctioned when somebody competes in something: two at least.
CREATE FUNCTION feria_subasta_empieza() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM feria_subasta_grupo WHERE convocatoria_id = NEW.id) OR EXISTS (
        SELECT FROM feria_subasta_grupo g WHERE g.convocatoria_id = NEW.id AND (SELECT count(*)
            FROM feria_subasta_participante p WHERE p.convocatoria_id = NEW.id AND p.grupo = g.numero) < 2) THEN
        RAISE EXCEPTION 'nobody competes in the auction' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_subasta_empieza BEFORE UPDATE ON feria_convocatoria FOR EACH ROW
    WHEN (OLD.estado <> 'subasta' AND NEW.estado = 'subasta') EXECUTE FUNCTION feria_subasta_empieza();
