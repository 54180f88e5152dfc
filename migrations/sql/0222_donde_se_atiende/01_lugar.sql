-- Where people come to what is attended by appointment; empty: who sells goes to whoever bought. An order keeps the one it was
-- sold with.
ALTER TABLE comercio_agenda ADD COLUMN lugar varchar(200) NOT NULL DEFAULT '';
ALTER TABLE comercio_agenda ALTER COLUMN lugar DROP DEFAULT;
GRANT UPDATE (lugar) ON comercio_agenda TO qhatu_aplicacion;
ALTER TABLE comercio_servicio ADD COLUMN lugar varchar(200) NOT NULL DEFAULT '';
ALTER TABLE comercio_servicio ALTER COLUMN lugar DROP DEFAULT;

-- As 0138_sin_lugar has it, of goods; a service says where it is done by its own row.
CREATE OR REPLACE TRIGGER comercio_pedido_con_lugar BEFORE INSERT ON comercio_pedido FOR EACH ROW
    WHEN (NEW.forma IS DISTINCT FROM 'retiro' AND NEW.modalidad <> 'servicio') EXECUTE FUNCTION comercio_pedido_con_lugar();
CREATE FUNCTION comercio_servicio_con_lugar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM comercio_pedido p JOIN comercio_compra c ON c.id = p.compra_id
                   WHERE p.id = NEW.pedido_id AND c.municipio_ine IS NOT NULL) THEN
        RAISE EXCEPTION 'el servicio de un pedido no dice dónde se hace'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_comercio_servicio_con_lugar';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_servicio_con_lugar BEFORE INSERT ON comercio_servicio FOR EACH ROW
    WHEN (NEW.lugar = '') EXECUTE FUNCTION comercio_servicio_con_lugar();
