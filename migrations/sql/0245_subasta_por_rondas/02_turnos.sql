-- How many rounds an auction has: none is the continuous one. What moves the end of a continuous one moves no turn.
ALTER TABLE feria_subasta
    ADD COLUMN rondas SMALLINT NOT NULL DEFAULT 0,
    ADD COLUMN turno_min SMALLINT NOT NULL DEFAULT 0,
    ADD COLUMN pausa_min SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE feria_subasta
    ALTER COLUMN rondas DROP DEFAULT, ALTER COLUMN turno_min DROP DEFAULT, ALTER COLUMN pausa_min DROP DEFAULT,
    ADD CONSTRAINT ck_feria_subasta_rondas CHECK (CASE WHEN rondas = 0 THEN turno_min = 0 AND pausa_min = 0
        ELSE rondas > 0 AND turno_min > 0 AND pausa_min > 0 AND extension_min = 0 END);

-- The turns, by time alone: whose each is, what was bid in the rounds before it says. A notice of an interruption moves them.
CREATE TABLE feria_subasta_turno (
    convocatoria_id UUID NOT NULL,
    grupo SMALLINT NOT NULL,
    ronda SMALLINT NOT NULL,
    orden SMALLINT NOT NULL,
    desde TIMESTAMPTZ NOT NULL,
    hasta TIMESTAMPTZ NOT NULL,
    CONSTRAINT pk_feria_subasta_turno PRIMARY KEY (convocatoria_id, grupo, ronda, orden),
    CONSTRAINT fk_feria_subasta_turno_convocatoria_id_grupo
        FOREIGN KEY (convocatoria_id, grupo) REFERENCES feria_subasta_grupo (convocatoria_id, numero),
    CONSTRAINT ck_feria_subasta_turno_dura CHECK (ronda > 0 AND orden > 0 AND desde < hasta)
);
GRANT SELECT ON feria_subasta_turno TO qhatu_aplicacion;

-- In which round a bid was made: one in each, by its bidder.
ALTER TABLE feria_puja
    ADD COLUMN ronda SMALLINT,
    ADD CONSTRAINT uq_feria_puja_participante_id_ronda UNIQUE (participante_id, ronda),
    ADD CONSTRAINT ck_feria_puja_ronda CHECK (ronda IS NULL OR (ronda > 0 AND numero > 0));

-- As 0221_subasta_firme has it; and of an auction by rounds, the minutes of its turns and of what goes before each round.
CREATE OR REPLACE FUNCTION feria_subasta_nace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_convocatoria c WHERE c.id = NEW.convocatoria_id AND NEW.terminada_en IS NULL
        AND NEW.empieza_en >= nucleo_ahora() - interval '1 minute'
        AND NEW.empieza_en >= c.abierto_en
            + make_interval(mins => coalesce((c.reglas #>> '{valores,subasta_espera,valor}')::int, 0))
        AND CASE WHEN c.subasta_por_rondas THEN NEW.rondas = 3
                AND NEW.turno_min = (c.reglas #>> '{valores,subasta_turno,valor}')::int
                AND NEW.pausa_min = (c.reglas #>> '{valores,subasta_pausa,valor}')::int
            ELSE NEW.rondas = 0 AND NEW.duracion_min = (c.reglas #>> '{valores,subasta_duracion,valor}')::int
                AND NEW.extension_min = coalesce((c.reglas #>> '{valores,subasta_extension,valor}')::int, 0) END;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'an auction begins after it is told, and lasts what its rule says' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- The turns of an auction by rounds, once it is known who competes: each thing ends with its last one.
CREATE FUNCTION feria_subasta_reparte() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO feria_subasta_turno (convocatoria_id, grupo, ronda, orden, desde, hasta)
        SELECT NEW.id, g.numero, r, o, t.desde, t.desde + make_interval(mins => s.turno_min)
        FROM feria_subasta s JOIN feria_subasta_grupo g ON g.convocatoria_id = s.convocatoria_id
        CROSS JOIN LATERAL (SELECT count(*)::int AS cuantos FROM feria_subasta_participante p
            WHERE p.convocatoria_id = g.convocatoria_id AND p.grupo = g.numero) k
        CROSS JOIN LATERAL generate_series(1, s.rondas) r CROSS JOIN LATERAL generate_series(1, k.cuantos) o
        CROSS JOIN LATERAL (SELECT s.empieza_en
            + make_interval(mins => r * s.pausa_min + ((r - 1) * k.cuantos + o - 1) * s.turno_min) AS desde) t
        WHERE s.convocatoria_id = NEW.id;
    UPDATE feria_subasta_grupo g SET termina_en = t.hasta
        FROM (SELECT grupo, max(hasta) AS hasta FROM feria_subasta_turno WHERE convocatoria_id = NEW.id GROUP BY grupo) t
        WHERE g.convocatoria_id = NEW.id AND g.numero = t.grupo;
    PERFORM 1 FROM feria_subasta s JOIN feria_subasta_grupo g ON g.convocatoria_id = s.convocatoria_id
        WHERE s.convocatoria_id = NEW.id
        GROUP BY s.convocatoria_id HAVING max(g.termina_en) = s.empieza_en + make_interval(mins => s.duracion_min);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'an auction lasts what its turns do' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION feria_subasta_reparte() FROM PUBLIC;
CREATE TRIGGER feria_subasta_reparte BEFORE UPDATE ON feria_convocatoria FOR EACH ROW
    WHEN (OLD.estado <> 'subasta' AND NEW.estado = 'subasta') EXECUTE FUNCTION feria_subasta_reparte();

-- In which order they bid in a round: from the highest to the lowest of what was bid before it, of equal ones who said it
-- first the last.
CREATE FUNCTION feria_subasta_orden(p_convocatoria uuid, p_grupo smallint, p_ronda smallint)
    RETURNS TABLE (participante_id uuid, proponente smallint, orden bigint) LANGUAGE sql STABLE AS $$
    SELECT p.id, p.proponente, row_number() OVER (ORDER BY u.monto DESC, u.hecha_en DESC, u.id DESC)
    FROM feria_subasta_participante p
    JOIN LATERAL (SELECT * FROM feria_puja WHERE participante_id = p.id AND coalesce(ronda, 0) < p_ronda
        ORDER BY numero DESC LIMIT 1) u ON true
    WHERE p.convocatoria_id = p_convocatoria AND p.grupo = p_grupo
$$;
-- In which round it is somebody's turn at an instant; nothing when it is not.
CREATE FUNCTION feria_subasta_ronda(p_participante uuid, p_instante timestamptz) RETURNS smallint LANGUAGE sql STABLE AS $$
    SELECT t.ronda FROM feria_subasta_participante p
    JOIN feria_subasta_turno t ON t.convocatoria_id = p.convocatoria_id AND t.grupo = p.grupo
        AND t.desde <= p_instante AND p_instante < t.hasta
    CROSS JOIN LATERAL feria_subasta_orden(t.convocatoria_id, t.grupo, t.ronda) o
    WHERE p.id = p_participante AND o.participante_id = p.id AND o.orden = t.orden
$$;
