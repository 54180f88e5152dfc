-- That something public was done in a process. Its release has the same id, and is written after the act.
CREATE TABLE feria_acto_publico (
    release_id VARCHAR(80) NOT NULL,
    convocatoria_id UUID NOT NULL,
    secuencia SMALLINT NOT NULL,
    etiquetas JSONB NOT NULL,
    hecho_en TIMESTAMPTZ NOT NULL,
    CONSTRAINT pk_feria_acto_publico PRIMARY KEY (release_id),
    CONSTRAINT uq_feria_acto_publico_convocatoria_id_secuencia UNIQUE (convocatoria_id, secuencia),
    CONSTRAINT uq_feria_acto_publico_release_id_convocatoria_id_secuencia
        UNIQUE (release_id, convocatoria_id, secuencia),
    CONSTRAINT ck_feria_acto_publico_secuencia CHECK (secuencia > 0),
    CONSTRAINT fk_feria_acto_publico_convocatoria_id
        FOREIGN KEY (convocatoria_id) REFERENCES feria_convocatoria (id)
);
CREATE TRIGGER feria_acto_publico_inmutable BEFORE UPDATE OR DELETE ON feria_acto_publico
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();
GRANT SELECT, INSERT ON feria_acto_publico TO qhatu_aplicacion;

INSERT INTO feria_acto_publico (release_id, convocatoria_id, secuencia, etiquetas, hecho_en)
SELECT release_id, convocatoria_id, secuencia, etiquetas, fecha FROM feria_ocds_release;
