-- Which bytes came, whatever they say: those of before do not say it. A sealed bid has no count of lines.
ALTER TABLE feria_oferta
    ADD COLUMN huella_sobre VARCHAR(64),
    ADD CONSTRAINT ck_feria_oferta_huella_sobre
        CHECK (huella_sobre IS NULL OR huella_sobre ~ '^[0-9a-f]{64}$' AND cantidad_lineas IS NULL);

-- As 0173_sobres has it; and the bid says which envelope it is.
CREATE OR REPLACE FUNCTION feria_sobre_sellado() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    largo int := octet_length(NEW.contenido) - 48;
BEGIN
    PERFORM 1 FROM feria_oferta o WHERE o.id = NEW.oferta_id AND CASE
        WHEN EXISTS (SELECT FROM feria_llave l WHERE l.convocatoria_id = o.convocatoria_id)
        THEN o.cantidad_lineas IS NULL AND largo BETWEEN 2048 AND 1048576 AND largo & (largo - 1) = 0
            AND o.huella_sobre = encode(sha256(NEW.contenido), 'hex')
        ELSE o.cantidad_lineas IS NOT NULL END;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'an envelope is sealed to the key of its process' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- As 0173_sobres has it; and which envelope it is does not change either.
CREATE OR REPLACE FUNCTION feria_oferta_a_tiempo() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamado record;
    momento timestamptz := CASE WHEN TG_OP = 'INSERT' THEN NEW.presentada_en ELSE NEW.terminada_en END;
BEGIN
    IF TG_OP = 'UPDATE' AND (
        OLD.estado <> 'vigente' OR
        (NEW.id, NEW.convocatoria_id, NEW.unidad_id, NEW.intento, NEW.presentada_en, NEW.presentada_por,
         NEW.huella, NEW.huella_sobre, NEW.cantidad_lineas, NEW.version)
        IS DISTINCT FROM
        (OLD.id, OLD.convocatoria_id, OLD.unidad_id, OLD.intento, OLD.presentada_en, OLD.presentada_por,
         OLD.huella, OLD.huella_sobre, OLD.cantidad_lineas, OLD.version)
    ) THEN
        RAISE EXCEPTION 'a bid is never edited, only ended' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT estado, vence_en, versiones INTO llamado FROM feria_convocatoria WHERE id = NEW.convocatoria_id FOR SHARE;
    IF momento NOT BETWEEN nucleo_ahora() - interval '1 minute' AND nucleo_ahora() OR NOT (CASE
        WHEN NEW.estado = 'caducada' THEN llamado.estado = 'apertura' AND NOT feria_oferta_vale(NEW.id)
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
