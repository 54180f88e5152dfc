-- At the commit: what is held of an order and what was committed for it say the same; and a debt is paid only if the ledger
-- says that the entity paid it, whole, to who sells; what is left to its treasury is not paid from its account.
CREATE OR REPLACE FUNCTION comercio_exigir_compromiso() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
            SELECT FROM comercio_custodia k LEFT JOIN comercio_compromiso c ON c.pedido_id = k.pedido_id
            WHERE k.pedido_id = NEW.pedido_id AND NOT CASE k.garantia
                WHEN 'compromiso' THEN c.pedido_id IS NOT NULL AND CASE c.estado
                    WHEN 'vigente' THEN k.estado IN ('retenida', 'por_liberar', 'congelada')
                    WHEN 'liberado' THEN k.estado = 'devuelta'
                    WHEN 'pagado' THEN CASE k.estado
                        WHEN 'liberada' THEN c.se_paga_con = 'cuenta'
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
