ALTER TABLE feria_entrega ADD COLUMN llego_el DATE;
-- What was answered before counted to the day on which the delivery was written down.
UPDATE feria_entrega SET llego_el = (entregada_en AT TIME ZONE 'America/La_Paz')::date
WHERE respondida_en IS NOT NULL;
ALTER TABLE feria_entrega DROP CONSTRAINT ck_feria_entrega_respuesta,
    ADD CONSTRAINT ck_feria_entrega_respuesta CHECK (
        num_nonnulls(respondida_en, respondida_por, tacita, valor, dias_atraso, por_mil, multa, llego_el)
        IN (0, 8)),
    ADD CONSTRAINT ck_feria_entrega_llego_el CHECK (
        llego_el <= (respondida_en AT TIME ZONE 'America/La_Paz')::date
        AND (NOT tacita OR llego_el = (entregada_en AT TIME ZONE 'America/La_Paz')::date));
GRANT UPDATE (llego_el) ON feria_entrega TO qhatu_aplicacion;

-- Only an order in force is delivered. In its term the entity answers, afterwards silence, which receives all.
-- What arrived did so once it was ordered, and is late by the days between its term and that day.
CREATE OR REPLACE FUNCTION feria_entrega_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_orden feria_orden_de_compra;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (SELECT estado FROM feria_orden_de_compra WHERE id = NEW.orden_id) <> 'vigente' THEN
            RAISE EXCEPTION 'only an order in force is delivered' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.respondida_en IS NULL AND NEW.respondida_en IS NOT NULL THEN
        IF NEW.tacita <> (nucleo_ahora() >= OLD.recibir_hasta) THEN
            RAISE EXCEPTION 'a delivery is answered in its term' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NOT EXISTS (SELECT FROM feria_entrega_linea WHERE entrega_id = NEW.id) OR EXISTS (
            SELECT FROM feria_entrega_linea
            WHERE entrega_id = NEW.id AND (recibida IS NULL OR (NEW.tacita AND recibida < cantidad))
        ) THEN
            RAISE EXCEPTION 'a delivery is answered line by line' USING ERRCODE = 'restrict_violation';
        END IF;
        SELECT * INTO v_orden FROM feria_orden_de_compra WHERE id = NEW.orden_id;
        IF NEW.llego_el < (v_orden.emitida_en AT TIME ZONE 'America/La_Paz')::date THEN
            RAISE EXCEPTION 'nothing arrives before it is ordered' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.dias_atraso <> greatest(
            NEW.llego_el - (v_orden.entregar_hasta AT TIME ZONE 'America/La_Paz')::date, 0
        ) THEN
            RAISE EXCEPTION 'a delay is counted to the day of arrival' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
