-- A bid that does not pass by its technical part ends, with its cause, and its prices stay closed.
ALTER TABLE feria_oferta
    DROP CONSTRAINT ck_feria_oferta_falla,
    ADD CONSTRAINT ck_feria_oferta_falla CHECK ((estado IN ('invalida', 'no_paso')) = (falla IS NOT NULL));

-- As 0176_sobres_que_constan has it; and by its technical part a bid ends before the prices are opened.
CREATE OR REPLACE FUNCTION feria_oferta_a_tiempo() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamado record;
    momento timestamptz := CASE WHEN TG_OP = 'INSERT' THEN NEW.presentada_en ELSE NEW.terminada_en END;
BEGIN
    IF TG_OP = 'UPDATE' AND (
        OLD.estado <> 'vigente' OR
        (NEW.id, NEW.convocatoria_id, NEW.unidad_id, NEW.intento, NEW.presentada_en, NEW.presentada_por,
         NEW.huella, NEW.huella_sobre, NEW.huella_tecnica, NEW.huella_sobre_tecnico, NEW.cantidad_lineas, NEW.version)
        IS DISTINCT FROM
        (OLD.id, OLD.convocatoria_id, OLD.unidad_id, OLD.intento, OLD.presentada_en, OLD.presentada_por,
         OLD.huella, OLD.huella_sobre, OLD.huella_tecnica, OLD.huella_sobre_tecnico, OLD.cantidad_lineas, OLD.version)
    ) THEN
        RAISE EXCEPTION 'a bid is never edited, only ended' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT estado, vence_en, versiones INTO llamado FROM feria_convocatoria WHERE id = NEW.convocatoria_id FOR SHARE;
    IF momento NOT BETWEEN nucleo_ahora() - interval '1 minute' AND nucleo_ahora() OR NOT (CASE
        WHEN NEW.estado = 'caducada' THEN llamado.estado IN ('apertura', 'evaluacion_tecnica')
            AND NOT feria_oferta_vale(NEW.id)
        WHEN NEW.estado = 'no_paso' THEN llamado.estado = 'evaluacion_tecnica'
        WHEN NEW.estado = 'invalida' THEN llamado.estado = 'apertura' AND NEW.cantidad_lineas IS NULL
            AND NOT EXISTS (SELECT FROM feria_oferta_linea l WHERE l.oferta_id = NEW.id)
        ELSE llamado.estado = 'publicado' AND CASE WHEN llamado.vence_en IS NULL THEN TG_OP = 'INSERT'
            ELSE momento < llamado.vence_en END END) THEN
        RAISE EXCEPTION 'late bid' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NEW.version <> llamado.versiones THEN
        RAISE EXCEPTION 'a bid is made for the version in force' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- As 0207_subasta has it; and of two envelopes, only the prices of who passed.
CREATE OR REPLACE FUNCTION feria_oferta_linea_abierta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_convocatoria c JOIN feria_oferta o ON o.convocatoria_id = c.id
    WHERE o.id = NEW.oferta_id AND o.estado = 'vigente' AND c.estado = 'apertura' AND NEW.subastada_en IS NULL
        AND (c.vence_en IS NULL OR c.vence_en <= nucleo_ahora()) AND feria_oferta_vale(o.id)
        AND (NOT c.dos_sobres OR o.id IN (SELECT feria_pasaron(c.id)));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the envelopes are closed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- As 0244_archivos_de_ofertas has it; and the documents go with the technical part.
CREATE OR REPLACE FUNCTION feria_archivo_abierto_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM 1 FROM feria_convocatoria c JOIN feria_oferta o ON o.convocatoria_id = c.id
        WHERE o.id = NEW.oferta_id AND o.estado = 'vigente' AND c.estado = CASE WHEN c.dos_sobres
                THEN 'evaluacion_tecnica' ELSE 'apertura' END
            AND c.vence_en <= nucleo_ahora() AND feria_oferta_vale(o.id);
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the envelopes are closed' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR OLD.leido_en IS NOT NULL THEN
        RAISE EXCEPTION 'feria_archivo_abierto is append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- As 0191_sobres_y_papeles has it; and who did not pass may recuse, as soon as it is known who bid.
CREATE OR REPLACE FUNCTION feria_excusa_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (
            SELECT FROM feria_designacion d JOIN feria_convocatoria c ON c.id = d.convocatoria_id
            WHERE d.id = NEW.designacion_id AND d.cesada_en IS NULL AND (NEW.clase = 'excusa' OR coalesce(c.tecnica_en, c.abierto_en) IS NOT NULL
                AND EXISTS (SELECT FROM feria_oferta o WHERE o.convocatoria_id = c.id AND o.unidad_id = NEW.unidad_id
                    AND o.estado IN ('vigente', 'caducada', 'invalida', 'no_paso')))
        ) THEN
            RAISE EXCEPTION 'only who holds a role is left out' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.clase = 'excusa' AND EXISTS (
            SELECT FROM feria_excusa e WHERE e.designacion_id = NEW.designacion_id AND e.clase = 'excusa'
        ) THEN
            RAISE EXCEPTION 'one is excused once of a role' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.su_propio_caso <> (NEW.clase = 'recusacion' AND (
            SELECT feria_su_propio_caso(d.unidad_id, d.persona_id) FROM feria_designacion d WHERE d.id = NEW.designacion_id
        )) THEN
            RAISE EXCEPTION 'whose case it is is said at once' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.estado <> OLD.estado AND (NEW.tacita <> (NEW.resuelta_en >= OLD.resolver_hasta)
        OR NEW.resuelta_en NOT BETWEEN nucleo_ahora() - (clock_timestamp() - transaction_timestamp()) AND nucleo_ahora()
        OR NEW.tacita AND NEW.estado NOT IN ('sin_objeto',
            CASE WHEN OLD.clase = 'excusa' OR OLD.su_propio_caso THEN 'aceptada' ELSE 'rechazada' END)) THEN
        RAISE EXCEPTION 'a recusal is resolved in its term' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- As 0226_fines_de_la_feria has it; and who did not pass may contest.
CREATE OR REPLACE FUNCTION feria_impugnacion_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (
            SELECT FROM feria_convocatoria c JOIN feria_oferta o ON o.convocatoria_id = c.id
            WHERE c.id = NEW.convocatoria_id AND c.estado IN ('resuelto', 'impugnado')
                AND o.unidad_id = NEW.unidad_id AND o.estado IN ('vigente', 'caducada', 'invalida', 'no_paso')
        ) OR EXISTS (SELECT FROM feria_adjudicacion WHERE reemplaza_a = NEW.adjudicacion_id)
          OR EXISTS (SELECT FROM feria_orden_linea WHERE adjudicacion_id = NEW.adjudicacion_id) THEN
            RAISE EXCEPTION 'only a decision in force is contested' USING ERRCODE = 'restrict_violation';
        END IF;
        IF EXISTS (SELECT FROM feria_adjudicacion WHERE id = NEW.adjudicacion_id AND proveedor_id = NEW.unidad_id) THEN
            RAISE EXCEPTION 'who won does not contest it' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.estado <> OLD.estado AND (NEW.tacita <> (NEW.resuelta_en >= OLD.resolver_hasta)
        OR NEW.resuelta_en NOT BETWEEN nucleo_ahora() - (clock_timestamp() - transaction_timestamp()) AND nucleo_ahora()
        OR NEW.tacita AND NEW.estado NOT IN ('confirmada', 'sin_objeto')) THEN
        RAISE EXCEPTION 'an appeal is resolved in its term' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
