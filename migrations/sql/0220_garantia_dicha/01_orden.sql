-- Where a guarantee is asked for and nobody wrote it down, its supplier accepts by saying that they brought it: what the
-- entity does not write makes nobody desist.
ALTER TABLE feria_orden_de_compra
    ADD COLUMN garantia_dicha_en TIMESTAMPTZ,
    ADD CONSTRAINT ck_feria_orden_de_compra_garantia_dicha_en CHECK (
        garantia_dicha_en IS NULL OR (garantia_dicha_en = respondida_en AND entregar_hasta IS NOT NULL));
GRANT UPDATE (garantia_dicha_en) ON feria_orden_de_compra TO qhatu_aplicacion;

-- As 0147 has it; and one whose guarantee was said and never written is cut short before it is late.
CREATE OR REPLACE FUNCTION feria_orden_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.estado = 'por_aceptar' AND NEW.estado <> OLD.estado
        AND (NEW.estado = 'vencida') <> (nucleo_ahora() >= OLD.aceptar_hasta) THEN
        RAISE EXCEPTION 'an order is answered in its term' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.cortada_en IS NULL AND NEW.cortada_en IS NOT NULL AND (OLD.estado <> 'vigente'
        OR nucleo_ahora() <= OLD.entregar_hasta AND (OLD.garantia_dicha_en IS NULL OR EXISTS (
            SELECT FROM feria_garantia
            WHERE orden_id = NEW.id AND clase = 'cumplimiento' AND estado <> 'anulada'))) THEN
        RAISE EXCEPTION 'an order is cut short once it is late' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.estado = 'vigente' AND NEW.estado <> OLD.estado
        AND EXISTS (SELECT FROM feria_entrega WHERE orden_id = NEW.id AND estado = 'por_recibir') THEN
        RAISE EXCEPTION 'what was delivered is answered first' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.recibido < OLD.recibido OR NEW.multa < OLD.multa OR NEW.pagado < OLD.pagado THEN
        RAISE EXCEPTION 'what was received and paid stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
