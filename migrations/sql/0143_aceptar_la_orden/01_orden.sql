-- An order binds both once its supplier accepts it, in a term; otherwise it falls, and so do its awards.

INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-00000000fe01', 'feria.aceptar_orden',
     'Responder a una orden de compra: el proveedor', 4, 'dias_habiles', 'dia_habil_siguiente', true, 'negativo',
     'Regla de la plataforma', 'Si no responde, la adjudicación queda sin efecto y se decide de nuevo.', false,
     '2017-01-01');

DROP TRIGGER feria_orden_de_compra_inmutable ON feria_orden_de_compra;
ALTER TABLE feria_orden_de_compra
    ADD COLUMN estado VARCHAR(12) NOT NULL DEFAULT 'vigente',
    ADD COLUMN aceptar_hasta TIMESTAMPTZ,
    ADD COLUMN respondida_en TIMESTAMPTZ,
    ADD COLUMN respondida_por VARCHAR(200),
    ADD COLUMN motivo VARCHAR(1000);
-- Nobody was asked before: those bound both since they were given.
UPDATE feria_orden_de_compra SET aceptar_hasta = emitida_en, respondida_en = emitida_en, respondida_por = emitida_por;
ALTER TABLE feria_orden_de_compra
    ALTER COLUMN estado DROP DEFAULT,
    ALTER COLUMN aceptar_hasta SET NOT NULL,
    ADD CONSTRAINT ck_feria_orden_de_compra_aceptar_hasta CHECK (aceptar_hasta >= emitida_en),
    ADD CONSTRAINT ck_feria_orden_de_compra_respondida_en
        CHECK ((estado = 'por_aceptar') = (respondida_en IS NULL)),
    ADD CONSTRAINT ck_feria_orden_de_compra_respondida_por
        CHECK ((respondida_en IS NULL) = (respondida_por IS NULL)),
    ADD CONSTRAINT ck_feria_orden_de_compra_motivo
        CHECK ((estado IN ('rechazada', 'vencida')) = (motivo IS NOT NULL) AND char_length(motivo) >= 10);
CREATE INDEX ix_feria_orden_de_compra_por_aceptar ON feria_orden_de_compra (aceptar_hasta)
    WHERE estado = 'por_aceptar';
GRANT UPDATE (estado, respondida_en, respondida_por, motivo) ON feria_orden_de_compra TO qhatu_aplicacion;

-- What an order says stays, and its answer too: in its term the supplier's, afterwards silence.
CREATE FUNCTION feria_orden_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    respuesta text[] := ARRAY['estado', 'respondida_en', 'respondida_por', 'motivo'];
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - respuesta IS DISTINCT FROM to_jsonb(OLD) - respuesta
        OR OLD.respondida_en IS NOT NULL AND (NEW.respondida_en, NEW.respondida_por, NEW.motivo)
            IS DISTINCT FROM (OLD.respondida_en, OLD.respondida_por, OLD.motivo) THEN
        RAISE EXCEPTION 'what an order says stays' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.estado = 'por_aceptar' AND NEW.estado <> OLD.estado
        AND (NEW.estado = 'vencida') <> (nucleo_ahora() >= OLD.aceptar_hasta) THEN
        RAISE EXCEPTION 'an order is answered in its term' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_orden_guardia BEFORE UPDATE OR DELETE ON feria_orden_de_compra
    FOR EACH ROW EXECUTE FUNCTION feria_orden_guardia();

-- An order that falls gives back its part of what giving it used of the mandates.
UPDATE registro_caso_de_uso SET vuelve = 'que el proveedor no acepte la orden' WHERE caso = 'orden_de_compra';
