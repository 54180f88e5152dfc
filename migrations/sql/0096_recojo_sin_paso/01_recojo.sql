-- When somebody last came for it and found nobody: what a visit costs is then the operator's. Of what ended before,
-- nobody knows any more: it stays as it was settled.
ALTER TABLE envios_recojo ADD COLUMN paso_en timestamptz;
UPDATE envios_recojo SET paso_en = coalesce(terminado_en, pedido_en)
WHERE estado IN ('no_hallado', 'vencido') OR vez = 2;
ALTER TABLE envios_recojo
    ADD CONSTRAINT ck_envios_recojo_paso CHECK (paso_en IS NOT NULL OR (estado <> 'no_hallado' AND vez = 1));
CREATE TRIGGER paso_no_se_borra BEFORE UPDATE ON envios_recojo FOR EACH ROW
    WHEN (OLD.paso_en IS NOT NULL AND NEW.paso_en IS NULL) EXECUTE FUNCTION nucleo_inmutable();
GRANT UPDATE (paso_en) ON envios_recojo TO qhatu_aplicacion;

-- What goes back of a postage because nobody came for the parcel; the rest is still held for it.
ALTER TABLE envios_porte
    ADD COLUMN recojo_devuelto bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT ck_envios_porte_recojo CHECK (
        recojo_devuelto >= 0 AND recojo_devuelto < cotizado AND (cuenta IS NOT NULL OR recojo_devuelto = 0)
    ),
    DROP CONSTRAINT ck_envios_porte_suma,
    ADD CONSTRAINT ck_envios_porte_suma CHECK (
        cobrado + devuelto = cotizado AND CASE estado
            WHEN 'liquidado' THEN
                cobrado = least(cotizado - recojo_devuelto, coalesce(total_medido, cotizado - recojo_devuelto))
            WHEN 'devuelto' THEN cobrado = 0
            WHEN 'en_efectivo' THEN devuelto = 0
            ELSE cobrado IS NULL END
    );
GRANT UPDATE (recojo_devuelto) ON envios_porte TO qhatu_aplicacion;

-- A postage says what its quote says when it is born, and what the ledger says each time that money moved. While it is
-- held, what goes back of a collection went whole, or (a closed account) not yet: then its end takes it along.
CREATE OR REPLACE FUNCTION envios_porte_como_el_libro() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_entro bigint;
    v_cobrado bigint;
    v_devuelto bigint;
BEGIN
    IF TG_OP = 'INSERT' AND (NEW.recojo_devuelto <> 0 OR NOT EXISTS (
        SELECT FROM envios_cotizacion c JOIN envios_envio e ON e.id = NEW.envio_id
        WHERE c.id = NEW.cotizacion_id AND c.operador_unidad_id = NEW.operador_unidad_id
          AND e.operador_unidad_id = NEW.operador_unidad_id AND c.destino_ine = e.destino_municipio_ine
          AND c.total = NEW.cotizado AND c.contra_entrega = NEW.contra_entrega
          AND (c.contra_entrega = 0 OR e.referencia_tipo <> 'pedido')
    )) THEN
        RAISE EXCEPTION 'el porte del envío % no es el de su cotización', NEW.envio_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.recojo_devuelto <> OLD.recojo_devuelto AND NOT EXISTS (
        SELECT FROM envios_recojo r JOIN envios_cotizacion c ON c.id = NEW.cotizacion_id
        WHERE r.envio_id = NEW.envio_id AND r.estado = 'vencido' AND r.paso_en IS NULL
          AND c.cargo_recojo = NEW.recojo_devuelto
    ) THEN
        RAISE EXCEPTION 'del envío % no vuelve el recojo: pasaron, o no es lo que costaba', NEW.envio_id
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT coalesce(sum(m.monto) FILTER (WHERE m.entra AND m.codigo = 9 AND m.contraparte = NEW.cuenta), 0),
           coalesce(sum(m.monto) FILTER (WHERE NOT m.entra AND m.codigo = 112
                                           AND m.contraparte = NEW.cuenta_operador), 0),
           coalesce(sum(m.monto) FILTER (WHERE NOT m.entra AND m.codigo = 100 AND m.contraparte = NEW.cuenta), 0)
    INTO v_entro, v_cobrado, v_devuelto FROM pagos_de_asunto('porte', NEW.id) m;
    IF (v_entro, v_cobrado) IS DISTINCT FROM (
        CASE WHEN NEW.cuenta IS NULL THEN 0 ELSE NEW.cotizado END,
        CASE WHEN NEW.cuenta IS NULL THEN 0 ELSE coalesce(NEW.cobrado, 0) END
    ) OR v_devuelto <> coalesce(NEW.devuelto, NEW.recojo_devuelto)
        AND (NEW.estado <> 'retenido' OR v_devuelto <> 0) THEN
        RAISE EXCEPTION 'el porte del envío % no es lo que dice el libro', NEW.envio_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER como_el_libro ON envios_porte;
CREATE TRIGGER como_el_libro BEFORE UPDATE ON envios_porte FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado OR NEW.recojo_devuelto <> OLD.recojo_devuelto)
    EXECUTE FUNCTION envios_porte_como_el_libro();

CREATE OR REPLACE FUNCTION envios_excedente_como_el_libro() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    p envios_porte;
    v_cobrado bigint;
BEGIN
    SELECT * INTO p FROM envios_porte WHERE id = NEW.porte_id;
    SELECT coalesce(sum(m.monto) FILTER (WHERE NOT m.entra AND m.codigo = 112
                                           AND m.contraparte = p.cuenta_operador), 0)
    INTO v_cobrado FROM pagos_de_asunto('porte', NEW.porte_id) m;
    IF p.estado <> 'liquidado' OR p.total_medido IS DISTINCT FROM p.cotizado - p.recojo_devuelto + NEW.monto
       OR v_cobrado <> p.cobrado + (CASE NEW.estado WHEN 'pagado' THEN NEW.monto ELSE 0 END) THEN
        RAISE EXCEPTION 'el excedente del porte % no es lo que dice el libro', NEW.porte_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- A quote cites rates that were in force when it was offered, which is now; or it is an earlier one without its
-- collection, for which nobody came: offered then, held as long, the rest of it the same.
CREATE OR REPLACE FUNCTION envios_cotizacion_nace() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    v_cambia constant text[] := '{id,recojo,cargo_recojo,total}';
BEGIN
    IF (NEW.ofrecida_en NOT BETWEEN
           nucleo_ahora() - (clock_timestamp() - transaction_timestamp()) - interval '1 ms' AND nucleo_ahora()
       OR NOT EXISTS (
           SELECT FROM envios_tarifario t
           WHERE t.id = NEW.tarifario_id AND t.estado = 'publicado' AND t.vigente_desde <= NEW.ofrecida_en
             AND (t.vigente_hasta IS NULL OR t.vigente_hasta > NEW.ofrecida_en)))
       AND NOT EXISTS (
           SELECT FROM envios_cotizacion c JOIN envios_envio e ON e.cotizacion_id = c.id
               JOIN envios_recojo r ON r.envio_id = e.id
           WHERE c.pedida_por = NEW.pedida_por AND c.ofrecida_en = NEW.ofrecida_en AND c.recojo AND NOT NEW.recojo
             AND r.estado = 'vencido' AND r.paso_en IS NULL
             AND to_jsonb(c) - v_cambia = to_jsonb(NEW) - v_cambia) THEN
        RAISE EXCEPTION 'a quote is of the rates in force' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
