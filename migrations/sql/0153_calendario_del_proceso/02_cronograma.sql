-- What an entity says of the days of its process: each time anew, never changed; the last one is in force.
CREATE TABLE feria_cronograma (
    convocatoria_id UUID NOT NULL,
    numero SMALLINT NOT NULL,
    consultas DATE,
    aclaracion DATE,
    apertura DATE NOT NULL,
    evaluacion DATE,
    adjudicacion DATE NOT NULL,
    documentos DATE,
    contrato DATE NOT NULL,
    entrega DATE,
    motivo VARCHAR(1000),
    escrito_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_feria_cronograma PRIMARY KEY (convocatoria_id, numero),
    CONSTRAINT fk_feria_cronograma_convocatoria_id FOREIGN KEY (convocatoria_id)
        REFERENCES feria_convocatoria (id),
    CONSTRAINT ck_feria_cronograma_numero CHECK (numero > 0),
    CONSTRAINT ck_feria_cronograma_orden CHECK (
        apertura >= greatest(consultas, aclaracion) AND aclaracion >= consultas AND evaluacion >= apertura
        AND adjudicacion >= greatest(apertura, evaluacion) AND documentos >= adjudicacion
        AND contrato >= greatest(adjudicacion, documentos) AND entrega >= contrato),
    CONSTRAINT ck_feria_cronograma_motivo CHECK ((numero = 1) = (motivo IS NULL) AND char_length(motivo) >= 10)
);
GRANT SELECT, INSERT ON feria_cronograma TO qhatu_aplicacion;

-- Each follows the one before it, of a process that is public and not over, and no envelope opens before its hour.
CREATE FUNCTION feria_cronograma_nace() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    c feria_convocatoria%ROWTYPE;
    publicada DATE;
    cierra DATE;
BEGIN
    SELECT * INTO c FROM feria_convocatoria WHERE id = NEW.convocatoria_id FOR UPDATE;
    IF c.estado IN ('borrador', 'cancelado') OR c.contratado_en IS NOT NULL THEN
        RAISE EXCEPTION 'only a process under way is scheduled' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.numero <> 1 + (SELECT count(*) FROM feria_cronograma WHERE convocatoria_id = NEW.convocatoria_id) THEN
        RAISE EXCEPTION 'a schedule follows the one before it' USING ERRCODE = 'restrict_violation';
    END IF;
    publicada := (c.publicado_en AT TIME ZONE 'America/La_Paz')::date;
    cierra := ((c.vence_en - interval '1 microsecond') AT TIME ZONE 'America/La_Paz')::date;
    IF NEW.apertura < cierra OR least(NEW.consultas, NEW.aclaracion) < publicada
        OR greatest(NEW.consultas, NEW.aclaracion) > cierra THEN
        RAISE EXCEPTION 'a schedule is of its process' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_cronograma_nace BEFORE INSERT ON feria_cronograma
    FOR EACH ROW EXECUTE FUNCTION feria_cronograma_nace();
CREATE TRIGGER feria_cronograma_inmutable BEFORE UPDATE OR DELETE ON feria_cronograma
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();
