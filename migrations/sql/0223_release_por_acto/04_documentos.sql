-- As 0202_dbc has it; and a call is told by its act: its release comes later.
CREATE OR REPLACE FUNCTION feria_documento_en_su_acto() RETURNS trigger LANGUAGE plpgsql AS $$
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
        WHEN 'borrador' THEN NEW.clase <> 'dbc'
        WHEN 'publicado' THEN CASE WHEN NEW.desde_version > 1 THEN NOT EXISTS (
                SELECT FROM feria_acta WHERE convocatoria_id = NEW.convocatoria_id AND version = NEW.desde_version)
            ELSE NEW.clase = 'dbc' AND NOT EXISTS (
                SELECT FROM feria_acto_publico WHERE convocatoria_id = NEW.convocatoria_id) END
        ELSE false END) THEN
        RAISE EXCEPTION 'the documents of a published call change by versions' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.version <> 1 + (SELECT coalesce(max(version), 0) FROM feria_documento
        WHERE convocatoria_id = NEW.convocatoria_id AND numero = NEW.numero) THEN
        RAISE EXCEPTION 'a document has its versions one after another' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
