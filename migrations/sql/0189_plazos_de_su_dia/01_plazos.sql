-- The soonest that a term may end, by the one in force on the day in Bolivia in which it began: days, months and years run
-- from the next day to the end of the last one, hours from that instant. An hour is left to whoever counted it.
CREATE FUNCTION nucleo_no_antes_de(p_codigo text, p_desde timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT ((p_desde AT TIME ZONE 'America/La_Paz') + CASE p.unidad
            WHEN 'anios' THEN make_interval(years => p.valor)
            WHEN 'meses' THEN make_interval(months => p.valor)
            WHEN 'horas' THEN make_interval(hours => p.valor)
            WHEN 'horas_habiles' THEN make_interval(hours => p.valor)
            ELSE make_interval(days => p.valor) END) AT TIME ZONE 'America/La_Paz' - interval '1 hour'
    FROM nucleo_plazo p
    WHERE p.codigo = p_codigo AND CAST(p_desde AT TIME ZONE 'America/La_Paz' AS date) >= p.vigente_desde
      AND (p.vigente_hasta IS NULL OR CAST(p_desde AT TIME ZONE 'America/La_Paz' AS date) < p.vigente_hasta)
$$;
CREATE OR REPLACE FUNCTION nucleo_no_antes_de(p_codigo text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT nucleo_no_antes_de(p_codigo, nucleo_ahora())
$$;

-- A parcel is given up after its term, which begins when it leaves; of what was collected at the door, after the one to hand
-- over its money. What was delivered late, or before parcels had terms, is given up from now on when it was not delivered; of
-- what was collected at the door, by the term of the day in which it left. So is what has no news.
CREATE OR REPLACE FUNCTION comercio_paquete_plazo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT coalesce(NEW.vence_en >= CASE
        WHEN OLD.estado = 'entregado' AND NEW.estado = 'despachado' THEN least(
            CASE WHEN OLD.vence_en IS NULL THEN nucleo_ahora() - interval '1 hour' END,
            nucleo_no_antes_de('comercio.sin_entrega', NEW.despachado_en))
        WHEN NEW.despachado_en IS NULL THEN NULL
        WHEN OLD.vence_en IS NULL AND NEW.saldado THEN nucleo_ahora() - interval '1 hour'
        WHEN OLD.vence_en IS NULL THEN nucleo_no_antes_de(
            CASE NEW.forma WHEN 'correo' THEN 'comercio.sin_entrega' ELSE 'comercio.entrega_en_mano' END)
        WHEN NEW.estado = 'entregado' AND EXISTS (
            SELECT FROM comercio_custodia WHERE pedido_id = NEW.pedido_id AND estado = 'por_cobrar')
            THEN nucleo_no_antes_de('comercio.sin_rendir')
        WHEN NEW.estado = 'despachado' AND envios_estado_de(NEW.envio_id) = 'sin_noticias'
            THEN nucleo_ahora() - interval '1 hour'
        END, false) THEN
        RAISE EXCEPTION 'el paquete % no vence entonces', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
