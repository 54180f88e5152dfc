-- A process without a call (`…-0-E`) has no deadline: its quotations are written and opened in one act, which takes
-- it through the same steps as any other.
ALTER TABLE feria_convocatoria DROP CONSTRAINT ck_feria_convocatoria_publicada,
    ADD CONSTRAINT ck_feria_convocatoria_publicada CHECK (
        estado = 'borrador' OR (cuce IS NOT NULL AND ocid IS NOT NULL AND modalidad_id IS NOT NULL AND
        reglas IS NOT NULL AND publicado_en IS NOT NULL AND (cuce LIKE '%-0-E') = (vence_en IS NULL) AND
        monto_referencial > 0));

-- As 0007_feria_inversa has it; and what was quoted without a call is not ended.
CREATE OR REPLACE FUNCTION feria_oferta_a_tiempo() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    llamado record;
    momento timestamptz := CASE WHEN TG_OP = 'INSERT' THEN NEW.presentada_en ELSE NEW.terminada_en END;
BEGIN
    IF TG_OP = 'UPDATE' AND (
        OLD.estado <> 'vigente' OR
        (NEW.id, NEW.convocatoria_id, NEW.unidad_id, NEW.intento, NEW.presentada_en, NEW.presentada_por,
         NEW.huella, NEW.cantidad_lineas)
        IS DISTINCT FROM
        (OLD.id, OLD.convocatoria_id, OLD.unidad_id, OLD.intento, OLD.presentada_en, OLD.presentada_por,
         OLD.huella, OLD.cantidad_lineas)
    ) THEN
        RAISE EXCEPTION 'a bid is never edited, only ended' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT estado, vence_en INTO llamado FROM feria_convocatoria WHERE id = NEW.convocatoria_id FOR SHARE;
    IF llamado.estado <> 'publicado' OR momento >= llamado.vence_en
        OR (llamado.vence_en IS NULL AND TG_OP <> 'INSERT') OR momento NOT BETWEEN nucleo_ahora() - interval '1 minute' AND nucleo_ahora() THEN
        RAISE EXCEPTION 'late bid' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- As 0007_feria_inversa has it; without a call there is no deadline that must pass.
CREATE OR REPLACE FUNCTION feria_oferta_linea_abierta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_convocatoria c JOIN feria_oferta o ON o.convocatoria_id = c.id
    WHERE o.id = NEW.oferta_id AND o.estado = 'vigente' AND c.estado = 'apertura'
        AND (c.vence_en IS NULL OR c.vence_en <= nucleo_ahora());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the envelopes are closed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
