-- The documents of a process: each version since a version of the process, and none taken out once it is published.
CREATE TABLE feria_documento (
    id UUID NOT NULL,
    convocatoria_id UUID NOT NULL,
    numero SMALLINT NOT NULL,
    version SMALLINT NOT NULL,
    desde_version SMALLINT NOT NULL,
    clase VARCHAR(20) NOT NULL,
    titulo VARCHAR(200) NOT NULL,
    archivo_id UUID NOT NULL,
    recibido VARCHAR(64) NOT NULL,
    subido_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    subido_por VARCHAR(200) NOT NULL,
    mandato_id UUID,
    CONSTRAINT pk_feria_documento PRIMARY KEY (id),
    CONSTRAINT uq_feria_documento_convocatoria_id_numero_version UNIQUE (convocatoria_id, numero, version),
    CONSTRAINT fk_feria_documento_convocatoria_id FOREIGN KEY (convocatoria_id) REFERENCES feria_convocatoria (id),
    CONSTRAINT fk_feria_documento_archivo
        FOREIGN KEY (archivo_id, convocatoria_id) REFERENCES nucleo_archivo (id, duenio_id),
    CONSTRAINT fk_feria_documento_mandato_id FOREIGN KEY (mandato_id) REFERENCES registro_mandato (id),
    CONSTRAINT ck_feria_documento_numero CHECK (numero BETWEEN 1 AND 20),
    CONSTRAINT ck_feria_documento_version CHECK (version BETWEEN 1 AND 50),
    CONSTRAINT ck_feria_documento_desde_version CHECK (desde_version > 0),
    CONSTRAINT ck_feria_documento_clase
        CHECK (clase IN ('especificaciones', 'terminos', 'planos', 'formulario', 'contrato', 'otro')),
    CONSTRAINT ck_feria_documento_titulo CHECK (char_length(titulo) >= 3),
    CONSTRAINT ck_feria_documento_recibido CHECK (recibido ~ '^[0-9a-f]{64}$')
);
CREATE INDEX ix_feria_documento_archivo_id ON feria_documento (archivo_id);
GRANT SELECT, INSERT, DELETE ON feria_documento TO qhatu_aplicacion;

-- Written in a draft, or in a version of the process that is not written yet; one after another.
CREATE FUNCTION feria_documento_en_su_acto() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamado record;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'a document is never edited' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT estado, versiones INTO llamado FROM feria_convocatoria
        WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.convocatoria_id ELSE NEW.convocatoria_id END FOR SHARE;
    IF TG_OP = 'DELETE' THEN
        IF llamado.estado <> 'borrador' THEN
            RAISE EXCEPTION 'what was published is kept' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF NEW.desde_version <> llamado.versiones OR NOT (CASE llamado.estado
        WHEN 'borrador' THEN true
        WHEN 'publicado' THEN NEW.desde_version > 1 AND NOT EXISTS (
            SELECT FROM feria_acta WHERE convocatoria_id = NEW.convocatoria_id AND version = NEW.desde_version)
        ELSE false END) THEN
        RAISE EXCEPTION 'the documents of a published call change by versions' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.version <> 1 + (SELECT coalesce(max(version), 0) FROM feria_documento
        WHERE convocatoria_id = NEW.convocatoria_id AND numero = NEW.numero) THEN
        RAISE EXCEPTION 'a document has its versions one after another' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_documento_en_su_acto BEFORE INSERT OR UPDATE OR DELETE ON feria_documento
    FOR EACH ROW EXECUTE FUNCTION feria_documento_en_su_acto();
