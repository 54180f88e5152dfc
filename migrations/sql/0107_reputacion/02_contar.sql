-- The midnight in Bolivia before an instant: until it a day is counted.
CREATE FUNCTION comercio_reputacion_corte(p_instante timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
    SELECT date_trunc('day', p_instante AT TIME ZONE 'America/La_Paz') AT TIME ZONE 'America/La_Paz'
$$;

-- What a unit's orders say of it at an instant, by the rule of that day.
CREATE FUNCTION comercio_reputacion_de(p_unidad uuid, p_hasta timestamptz) RETURNS TABLE (
    regla_id uuid, dias integer, ventas integer, reclamos integer, tardes integer, canceladas integer, clase text)
LANGUAGE sql STABLE AS $$
    WITH regla AS (
        SELECT * FROM comercio_regla_reputacion
        WHERE vigente_desde <= (p_hasta AT TIME ZONE 'America/La_Paz')::date ORDER BY vigente_desde DESC LIMIT 1),
    ventana AS (
        SELECT r.*, CASE WHEN (
            SELECT count(*) FROM comercio_pedido p WHERE p.vendedor_id = p_unidad AND p.creado_en <= p_hasta
            AND p.creado_en > p_hasta - make_interval(days => r.dias)) >= r.ventas_minimas
            THEN r.dias ELSE r.dias_si_pocas END AS ultimos
        FROM regla r),
    vendidos AS (
        SELECT p.id FROM comercio_pedido p, ventana v WHERE p.vendedor_id = p_unidad AND p.creado_en <= p_hasta
        AND p.creado_en > p_hasta - make_interval(days => v.ultimos)),
    hechos AS (
        SELECT (SELECT count(*)::integer FROM vendidos) AS ventas,
               (count(*) FILTER (WHERE f.falta = 'reclamo'))::integer AS reclamos,
               (count(*) FILTER (WHERE f.falta = 'tarde'))::integer AS tardes,
               (count(*) FILTER (WHERE f.falta = 'cancelada'))::integer AS canceladas
        FROM vendidos s JOIN comercio_falta f ON f.pedido_id = s.id AND f.ocurrio_en <= p_hasta)
    SELECT v.id, v.ultimos, h.ventas, h.reclamos, h.tardes, h.canceladas,
        CASE WHEN h.ventas < v.ventas_minimas THEN 'sin_historia'
             WHEN h.reclamos > greatest(v.tolerancia, h.ventas * v.reclamo_pb / 10000)
               OR h.tardes > greatest(v.tolerancia, h.ventas * v.tarde_pb / 10000)
               OR h.canceladas > greatest(v.tolerancia, h.ventas * v.cancelada_pb / 10000) THEN 'mala'
             ELSE 'buena' END
    FROM ventana v, hechos h
$$;

-- Count a unit until last midnight; whether it had not been yet.
CREATE FUNCTION comercio_recalificar(p_unidad uuid) RETURNS boolean LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE corte timestamptz := comercio_reputacion_corte(nucleo_ahora() - interval '10 minutes');
BEGIN
    INSERT INTO comercio_reputacion AS r
        (unidad_id, regla_id, hasta, dias, ventas, reclamos, tardes, canceladas, clase)
    SELECT p_unidad, d.regla_id, corte, d.dias, d.ventas, d.reclamos, d.tardes, d.canceladas, d.clase
    FROM comercio_reputacion_de(p_unidad, corte) d
    ON CONFLICT (unidad_id) DO UPDATE SET regla_id = EXCLUDED.regla_id, hasta = EXCLUDED.hasta,
        dias = EXCLUDED.dias, ventas = EXCLUDED.ventas, reclamos = EXCLUDED.reclamos, tardes = EXCLUDED.tardes,
        canceladas = EXCLUDED.canceladas, clase = EXCLUDED.clase
    WHERE r.hasta < EXCLUDED.hasta;
    RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION comercio_recalificar(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION comercio_recalificar(uuid) TO qhatu_aplicacion;

-- What a unit was at a sale stays with the order: nobody may choose it, nor change it later.
ALTER TABLE comercio_pedido ADD COLUMN reputacion varchar(12) NOT NULL DEFAULT 'sin_historia',
    ADD CONSTRAINT ck_comercio_pedido_reputacion CHECK (reputacion IN ('buena', 'sin_historia', 'mala'));
ALTER TABLE comercio_pedido ALTER COLUMN reputacion DROP DEFAULT;
CREATE FUNCTION comercio_pedido_reputacion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.reputacion := coalesce(
        (SELECT clase FROM comercio_reputacion WHERE unidad_id = NEW.vendedor_id), 'sin_historia');
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_pedido_reputacion BEFORE INSERT ON comercio_pedido
    FOR EACH ROW EXECUTE FUNCTION comercio_pedido_reputacion();
CREATE TRIGGER comercio_pedido_reputacion_inmutable BEFORE UPDATE OF reputacion ON comercio_pedido
    FOR EACH ROW WHEN (NEW.reputacion <> OLD.reputacion) EXECUTE FUNCTION comercio_inmutable();
