-- How much was paid by a reason for one thing, from one account into another.
CREATE FUNCTION pagos_pagado_por(p_referencia uuid, p_codigo integer, p_debito bigint, p_credito bigint) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(monto), 0)::bigint FROM pagos_transferencia
    WHERE referencia = p_referencia AND codigo = p_codigo AND debito = p_debito AND credito = p_credito AND tipo IN (1, 3)
$$;

-- At the commit: what is held of an order and what was committed for it say the same; and a debt is paid only if the ledger
-- says that the entity paid it, whole, to who sells.
CREATE OR REPLACE FUNCTION comercio_exigir_compromiso() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
            SELECT FROM comercio_custodia k LEFT JOIN comercio_compromiso c ON c.pedido_id = k.pedido_id
            WHERE k.pedido_id = NEW.pedido_id AND NOT CASE k.garantia
                WHEN 'compromiso' THEN c.pedido_id IS NOT NULL AND CASE c.estado
                    WHEN 'vigente' THEN k.estado IN ('retenida', 'por_liberar', 'congelada')
                    WHEN 'liberado' THEN k.estado = 'devuelta'
                    WHEN 'pagado' THEN CASE k.estado
                        WHEN 'liberada' THEN true
                        WHEN 'ejecutada' THEN
                            k.ejecutado = pagos_pagado_por(k.pedido_id, 6, k.cuenta_comprador, k.cuenta_vendedor)
                        ELSE false END
                    ELSE k.estado = 'ejecutada' END
                ELSE c.pedido_id IS NULL END) THEN
        RAISE EXCEPTION 'lo que se guarda del pedido % y su compromiso no dicen lo mismo', NEW.pedido_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

-- What ended stays; what was said of a payment outside is written when it is said, with the term to answer it.
CREATE FUNCTION comercio_compromiso_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.terminado_en IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'un compromiso que terminó no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.comprobante, NEW.comprobante_fecha, NEW.dicho_por, NEW.dicho_en)
           IS DISTINCT FROM (OLD.comprobante, OLD.comprobante_fecha, OLD.dicho_por, OLD.dicho_en)
       AND (NEW.estado <> 'dicho' OR OLD.estado = 'dicho')
       OR NEW.responder_hasta IS DISTINCT FROM OLD.responder_hasta AND NEW.estado = OLD.estado THEN
        RAISE EXCEPTION 'lo que se dijo de un pago por tesorería no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_compromiso_guarda BEFORE UPDATE ON comercio_compromiso
    FOR EACH ROW EXECUTE FUNCTION comercio_compromiso_guarda();

-- What no program may do with it: pay what was not delivered, or before its date; also what is paid outside. Nor claim what
-- an entity received conform: nothing of that is freed.
CREATE OR REPLACE FUNCTION comercio_custodia_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.devuelto < OLD.devuelto OR NEW.al_vendedor < OLD.al_vendedor OR NEW.ejecutado < OLD.ejecutado THEN
        RAISE EXCEPTION 'lo que salió de la custodia de un pedido no vuelve' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.garantia = 'compromiso' AND OLD.estado = 'por_liberar' AND NEW.estado = 'congelada'
       AND OLD.liberar_en <= nucleo_ahora() THEN
        RAISE EXCEPTION 'de lo que una entidad recibió conforme no se reclama' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado IN ('liberada', 'ejecutada') AND OLD.estado <> NEW.estado THEN
        IF OLD.liberar_en > nucleo_ahora() THEN
            RAISE EXCEPTION 'un pedido no se paga antes de su fecha' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NOT EXISTS (SELECT FROM comercio_pedido WHERE id = NEW.pedido_id AND estado = 'entregado') THEN
            RAISE EXCEPTION 'un pedido que no se entregó no se paga' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
