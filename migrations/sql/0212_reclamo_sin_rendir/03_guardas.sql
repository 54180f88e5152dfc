-- Whether who bought claims of an order, and nobody ended it.
CREATE FUNCTION comercio_reclamado(p_pedido uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM comercio_reclamo WHERE pedido_id = p_pedido AND vence_en IS NOT NULL)
$$;

-- As 0131_cambios has it; and of what was paid at the door and is not in custody, once whoever collected it is late: not that
-- it was not received.
CREATE OR REPLACE FUNCTION comercio_reclamo_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM comercio_custodia k WHERE k.pedido_id = NEW.pedido_id
            AND (k.estado = 'congelada' OR k.estado = 'por_cobrar' AND NEW.motivo <> 'no_recibido' AND EXISTS (
                SELECT FROM comercio_paquete q WHERE q.pedido_id = k.pedido_id AND q.estado = 'entregado'
                    AND NOT q.saldado AND envios_sin_rendir(q.envio_id)))
    ) THEN
        RAISE EXCEPTION 'un reclamo detiene el dinero de su pedido' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (
        SELECT FROM comercio_reclamo previo
        WHERE previo.pedido_id = NEW.pedido_id
          AND (previo.motivo = NEW.motivo AND previo.estado <> 'cambiado'
               OR EXISTS (SELECT FROM comercio_reclamo_paso paso
                          WHERE paso.reclamo_id = previo.id AND paso.lado = 'mediador'))
    ) THEN
        RAISE EXCEPTION 'por cada cosa se reclama una vez' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- As 0152_reclamo_del_banco has it; of what was paid at the door and is not there, nothing is held.
CREATE OR REPLACE FUNCTION comercio_exigir_disputa() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    k comercio_custodia;
    abierto boolean := comercio_reclamado(NEW.pedido_id);
BEGIN
    SELECT * INTO k FROM comercio_custodia WHERE pedido_id = NEW.pedido_id;
    IF abierto AND k.estado NOT IN ('congelada', 'devuelta', 'por_cobrar', 'no_cobrada')
       OR k.estado = 'congelada' AND NOT abierto AND k.banco_desde IS NULL THEN
        RAISE EXCEPTION 'el dinero del pedido % y sus reclamos no dicen lo mismo', NEW.pedido_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

-- As 0183_razones has it; not while who bought claims, and at once when what they claimed was ceded to them.
CREATE OR REPLACE FUNCTION comercio_paquete_salda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT coalesce(NEW.estado = 'entregado' AND NOT comercio_reclamado(NEW.pedido_id)
            AND (NEW.vence_en <= nucleo_ahora()
                 OR EXISTS (SELECT FROM comercio_reclamo WHERE pedido_id = NEW.pedido_id AND estado = 'cedido'))
            AND EXISTS (SELECT FROM comercio_custodia WHERE pedido_id = NEW.pedido_id AND estado = 'por_cobrar'), false) THEN
        RAISE EXCEPTION 'lo que hay en el paquete % es de su pedido', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- At the commit: what a claim ceded is what is owed to who bought of what was collected at the door of its parcel, and
-- nothing is ceded otherwise.
CREATE FUNCTION comercio_exigir_cedido() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM comercio_paquete q WHERE q.pedido_id = NEW.pedido_id AND q.estado = 'entregado' AND q.saldado
            AND envios_cedido_de(q.envio_id) = NEW.resuelto
    ) THEN
        RAISE EXCEPTION 'lo que cedió el reclamo % no se debe a quien compró', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_cedido AFTER UPDATE OF estado ON comercio_reclamo
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.estado = 'cedido') EXECUTE FUNCTION comercio_exigir_cedido();
CREATE FUNCTION comercio_exigir_reclamo_cedido() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM comercio_paquete q JOIN comercio_pedido p ON p.id = q.pedido_id
        JOIN comercio_reclamo r ON r.pedido_id = p.id
        WHERE q.envio_id = NEW.envio_id AND p.comprador_parte_id = NEW.parte_id AND r.estado = 'cedido'
            AND r.resuelto = NEW.monto
    ) THEN
        RAISE EXCEPTION 'nada se cede del envío % sin un reclamo', NEW.envio_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_exigir_reclamo_cedido AFTER INSERT ON envios_cesion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_exigir_reclamo_cedido();
