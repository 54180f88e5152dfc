-- Who may bid asks about a call while it takes bids; the answer is for everybody, and who asked for nobody.
CREATE TABLE feria_pregunta (
    id UUID NOT NULL,
    convocatoria_id UUID NOT NULL,
    numero INTEGER NOT NULL,
    unidad_id UUID NOT NULL,
    vez INTEGER NOT NULL,
    estado VARCHAR(13) NOT NULL,
    texto VARCHAR(2000) NOT NULL,
    hecha_en TIMESTAMPTZ NOT NULL,
    hecha_por VARCHAR(200) NOT NULL,
    terminada_en TIMESTAMPTZ,
    respuesta VARCHAR(3000),
    respondida_por VARCHAR(200),
    CONSTRAINT pk_feria_pregunta PRIMARY KEY (id),
    CONSTRAINT uq_feria_pregunta_convocatoria_id_numero UNIQUE (convocatoria_id, numero),
    CONSTRAINT uq_feria_pregunta_convocatoria_id_unidad_id_vez UNIQUE (convocatoria_id, unidad_id, vez),
    CONSTRAINT fk_feria_pregunta_convocatoria_id
        FOREIGN KEY (convocatoria_id) REFERENCES feria_convocatoria (id),
    CONSTRAINT fk_feria_pregunta_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT ck_feria_pregunta_numero CHECK (numero >= 1),
    CONSTRAINT ck_feria_pregunta_vez CHECK (vez BETWEEN 1 AND 20),
    CONSTRAINT ck_feria_pregunta_texto CHECK (char_length(texto) >= 10),
    CONSTRAINT ck_feria_pregunta_terminada_en CHECK ((estado = 'por_responder') = (terminada_en IS NULL)),
    CONSTRAINT ck_feria_pregunta_respuesta CHECK (
        num_nonnulls(respuesta, respondida_por) = CASE estado WHEN 'respondida' THEN 2 ELSE 0 END
        AND char_length(respuesta) >= 2)
);
CREATE INDEX ix_feria_pregunta_pendiente ON feria_pregunta (convocatoria_id) WHERE estado = 'por_responder';
GRANT SELECT, INSERT, UPDATE (estado, terminada_en, respuesta, respondida_por) ON feria_pregunta
    TO qhatu_aplicacion;

CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_pregunta
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez('estado');

-- Asked while the call takes bids, by another; answered while it does or is suspended; otherwise it stays unanswered.
CREATE FUNCTION feria_pregunta_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamado feria_convocatoria;
    recibe boolean;
BEGIN
    SELECT * INTO llamado FROM feria_convocatoria WHERE id = NEW.convocatoria_id;
    recibe := llamado.estado = 'publicado' AND nucleo_ahora() < llamado.vence_en;
    IF TG_OP = 'INSERT' AND (NOT recibe OR llamado.unidad_id = NEW.unidad_id) THEN
        RAISE EXCEPTION 'it is asked by another, while bids are taken' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.estado <> OLD.estado AND NOT (CASE NEW.estado
        WHEN 'respondida' THEN recibe OR llamado.estado = 'suspendido'
        ELSE llamado.estado NOT IN ('publicado', 'suspendido') END) THEN
        RAISE EXCEPTION 'a question is answered while bids are taken' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_pregunta_guardia BEFORE INSERT OR UPDATE ON feria_pregunta
    FOR EACH ROW EXECUTE FUNCTION feria_pregunta_guardia();
