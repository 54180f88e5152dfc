-- A claim holds the money from its first act. Of one order each reason is claimed once, and none once the
-- authority decided: claiming again would hold the money without end.
CREATE OR REPLACE FUNCTION comercio_reclamo_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM comercio_custodia WHERE pedido_id = NEW.pedido_id AND estado = 'congelada') THEN
        RAISE EXCEPTION 'un reclamo detiene el dinero de su pedido' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (
        SELECT FROM comercio_reclamo previo
        WHERE previo.pedido_id = NEW.pedido_id
          AND (previo.motivo = NEW.motivo
               OR EXISTS (SELECT FROM comercio_reclamo_paso paso
                          WHERE paso.reclamo_id = previo.id AND paso.lado = 'mediador'))
    ) THEN
        RAISE EXCEPTION 'por cada cosa se reclama una vez' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
