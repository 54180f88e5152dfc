-- What was admitted was: its event is the one of that parcel, said by that operator at that agency.
CREATE FUNCTION envios_admision_guarda() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM envios_evento e
        WHERE e.id = NEW.evento_id AND e.envio_id = NEW.envio_id AND e.codigo = 'EMA'
            AND e.operador_unidad_id = NEW.operador_unidad_id AND e.agencia_id = NEW.agencia_id
    ) THEN
        RAISE EXCEPTION 'una admisión lleva el evento EMA de su envío en su agencia' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER guarda BEFORE INSERT ON envios_admision FOR EACH ROW EXECUTE FUNCTION envios_admision_guarda();

ALTER TABLE envios_recojo DROP CONSTRAINT IF EXISTS ck_envios_recojo_estado,
    ADD CONSTRAINT ck_envios_recojo_estado CHECK (estado IN ('pedido', 'no_hallado', 'recogido', 'vencido', 'retirado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_recojo FOR EACH ROW
    WHEN (NEW.estado NOT IN ('pedido')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_recojo FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'pedido' THEN NEW.estado IN ('no_hallado', 'recogido', 'vencido', 'retirado')
        WHEN 'no_hallado' THEN NEW.estado IN ('recogido', 'vencido', 'retirado') OR (NEW.estado = 'pedido' AND OLD.vez = 1)
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

