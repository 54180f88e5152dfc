-- A process with two envelopes has two keys: that of the technical part, and that of the prices. Who has one has not the other.
ALTER TABLE feria_llave
    ADD COLUMN tecnica BOOLEAN NOT NULL DEFAULT false,
    DROP CONSTRAINT uq_feria_llave_convocatoria_id,
    ADD CONSTRAINT uq_feria_llave_convocatoria_id_tecnica UNIQUE (convocatoria_id, tecnica),
    ADD CONSTRAINT ck_feria_llave_tecnica CHECK (NOT tecnica OR convocatoria_id IS NOT NULL);
ALTER TABLE feria_llave ALTER COLUMN tecnica DROP DEFAULT;

-- As 0182_depositarios has it; and a technical key is of a process with two envelopes.
CREATE OR REPLACE FUNCTION feria_llave_al_publicar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.convocatoria_id IS NULL THEN
        PERFORM 1 FROM feria_resguardo r WHERE r.id = NEW.resguardo_id AND r.estado = 'ensayo';
    ELSE
        PERFORM 1 FROM feria_convocatoria c JOIN feria_resguardo r ON r.unidad_id = c.unidad_id
        WHERE c.id = NEW.convocatoria_id AND r.id = NEW.resguardo_id AND r.estado = 'vigente'
            AND c.estado = 'publicado' AND c.vence_en > nucleo_ahora() AND (c.dos_sobres OR NOT NEW.tecnica)
            AND c.publicado_en >= nucleo_ahora() - (clock_timestamp() - transaction_timestamp())
            AND NOT EXISTS (SELECT FROM feria_oferta o WHERE o.convocatoria_id = c.id)
            AND r.umbral <= (
                SELECT count(*) FROM feria_depositario d WHERE d.resguardo_id = r.id AND d.perdida_en IS NULL);
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a key is made when its process is published' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- No process has two envelopes that only access keeps.
CREATE FUNCTION feria_convocatoria_con_sus_llaves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF 2 <> (SELECT count(*) FROM feria_llave l WHERE l.convocatoria_id = NEW.id) THEN
        RAISE EXCEPTION 'two envelopes are sealed to two keys' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER feria_convocatoria_con_sus_llaves AFTER UPDATE ON feria_convocatoria
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.dos_sobres AND OLD.estado = 'borrador' AND NEW.estado <> 'borrador')
    EXECUTE FUNCTION feria_convocatoria_con_sus_llaves();

-- As 0176_sobres_que_constan has it; and of two keys, the parts of each are given when it is its turn: those of the prices,
-- once the technical part is qualified. Those of the technical one are forgotten when it is opened.
CREATE OR REPLACE FUNCTION feria_parte_a_tiempo() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llave record;
    olvida boolean := TG_OP = 'UPDATE' AND OLD.entregada IS NOT NULL AND NEW.entregada IS NULL;
BEGIN
    SELECT l.convocatoria_id, l.tecnica, r.umbral, c.estado, c.vence_en, c.dos_sobres, c.tecnica_en INTO llave
    FROM feria_llave l JOIN feria_resguardo r ON r.id = l.resguardo_id
        LEFT JOIN feria_convocatoria c ON c.id = l.convocatoria_id
    WHERE l.id = NEW.llave_id;
    IF TG_OP = 'UPDATE' AND OLD.entregada_en IS NOT NULL
        AND NEW.entregada IS DISTINCT FROM OLD.entregada AND NOT olvida
        OR olvida AND (llave.convocatoria_id IS NULL OR llave.estado NOT IN ('apertura', 'cancelado')
            AND NOT (llave.tecnica AND llave.estado = 'evaluacion_tecnica')) THEN
        RAISE EXCEPTION 'what was written stays' USING ERRCODE = 'restrict_violation';
    END IF;
    IF llave.convocatoria_id IS NOT NULL AND NOT olvida AND (
        TG_OP = 'INSERT' AND NEW.entregada_en IS NOT NULL
        OR TG_OP = 'UPDATE' AND (llave.vence_en > nucleo_ahora() OR NOT CASE
            WHEN llave.dos_sobres AND NOT llave.tecnica THEN
                llave.estado IN ('apertura_economica', 'apertura_impedida') AND llave.tecnica_en IS NOT NULL
            ELSE llave.estado IN ('recepcion_cerrada', 'apertura_impedida') AND llave.tecnica_en IS NULL END)
        OR NEW.entregada IS NOT NULL AND llave.umbral <= 1 + (
            SELECT count(*) FROM feria_parte p
            WHERE p.llave_id = NEW.llave_id AND p.numero <> NEW.numero AND p.entregada IS NOT NULL)
    ) THEN
        RAISE EXCEPTION 'a part of a key is given after the deadline' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
