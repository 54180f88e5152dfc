-- So many orders to be paid at the door may one buyer have at once: each keeps stock of somebody for days, for nothing.
ALTER TABLE comercio_regla_contra_entrega ADD COLUMN abiertos smallint NOT NULL DEFAULT 5,
    ADD CONSTRAINT ck_comercio_regla_contra_entrega_abiertos CHECK (abiertos > 0);
ALTER TABLE comercio_regla_contra_entrega ALTER COLUMN abiertos DROP DEFAULT;

-- It is sold so only by post, to a person, up to what the rule of that day says; of one buyer, one purchase at a time.
CREATE OR REPLACE FUNCTION comercio_custodia_por_cobrar() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_comprador uuid := (SELECT comprador_parte_id FROM comercio_pedido WHERE id = NEW.pedido_id);
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('comercio_por_cobrar ' || v_comprador::text, 0));
    IF NEW.estado <> 'por_cobrar' OR NOT EXISTS (
            SELECT FROM comercio_pedido p JOIN comercio_regla_contra_entrega r ON NEW.monto <= r.tope
            WHERE p.id = NEW.pedido_id AND p.forma = 'correo' AND registro_parte_es_persona(p.comprador_parte_id)
              AND CAST(nucleo_ahora() AT TIME ZONE 'America/La_Paz' AS date) >= r.vigente_desde
              AND (r.vigente_hasta IS NULL
                   OR CAST(nucleo_ahora() AT TIME ZONE 'America/La_Paz' AS date) < r.vigente_hasta)
              AND r.abiertos > (
                  SELECT count(*) FROM comercio_pedido o JOIN comercio_custodia k ON k.pedido_id = o.id
                  WHERE o.comprador_parte_id = v_comprador AND k.estado = 'por_cobrar' AND NOT EXISTS (
                      SELECT FROM comercio_paquete q WHERE q.pedido_id = o.id AND q.estado = 'entregado'))) THEN
        RAISE EXCEPTION 'ese pedido no se paga al recibirlo' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
