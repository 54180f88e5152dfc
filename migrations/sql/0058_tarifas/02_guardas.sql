-- What a version lacks to be published: one row a fault, none when it may be.
CREATE FUNCTION envios_tarifario_faltas(de UUID) RETURNS TABLE (falta TEXT, servicio TEXT, que TEXT)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT 'sin_servicios', '', ''
    WHERE NOT EXISTS (SELECT FROM envios_tarifario_servicio s WHERE s.tarifario_id = de)
    UNION ALL
    SELECT 'sin_rutas', s.codigo, '' FROM envios_tarifario_servicio s
    WHERE s.tarifario_id = de
      AND NOT EXISTS (SELECT FROM envios_tarifario_ruta r WHERE r.tarifario_id = de AND r.servicio = s.codigo)
    UNION ALL
    SELECT DISTINCT 'servicio_que_no_esta', x.servicio, x.donde
    FROM (SELECT r.servicio, 'rutas' AS donde FROM envios_tarifario_ruta r WHERE r.tarifario_id = de
          UNION SELECT b.servicio, 'precios' FROM envios_tarifario_banda b WHERE b.tarifario_id = de) x
    WHERE NOT EXISTS (SELECT FROM envios_tarifario_servicio s
                      WHERE s.tarifario_id = de AND s.codigo = x.servicio)
    UNION ALL
    SELECT DISTINCT 'zona_sin_lugares', '', x.zona
    FROM (SELECT r.origen AS zona FROM envios_tarifario_ruta r WHERE r.tarifario_id = de
          UNION SELECT r.destino FROM envios_tarifario_ruta r WHERE r.tarifario_id = de) x
    WHERE NOT EXISTS (SELECT FROM envios_tarifario_lugar l WHERE l.tarifario_id = de AND l.zona = x.zona)
    UNION ALL
    SELECT DISTINCT 'tarifa_sin_precios', r.servicio, r.tarifa FROM envios_tarifario_ruta r
    WHERE r.tarifario_id = de
      AND NOT EXISTS (SELECT FROM envios_tarifario_banda b
                      WHERE b.tarifario_id = de AND b.servicio = r.servicio AND b.tarifa = r.tarifa)
    UNION ALL
    SELECT 'precios_no_alcanzan', b.servicio, b.tarifa
    FROM envios_tarifario_banda b
    JOIN envios_tarifario_servicio s ON s.tarifario_id = de AND s.codigo = b.servicio
    WHERE b.tarifario_id = de
    GROUP BY b.servicio, b.tarifa, s.peso_maximo_g HAVING max(b.hasta_g) < s.peso_maximo_g
    UNION ALL
    -- What weighs more never costs less: a band begins at no less than the one before it ended.
    SELECT DISTINCT 'precio_que_baja', x.servicio, x.tarifa
    FROM (SELECT b.servicio, b.tarifa, b.precio + coalesce(b.precio_paso, 0) AS empieza,
                 lag(b.precio + coalesce(b.precio_paso
                     * ((b.hasta_g - coalesce(b.desde_g, 0) + b.paso_g - 1) / b.paso_g), 0))
                     OVER (PARTITION BY b.servicio, b.tarifa ORDER BY b.hasta_g) AS termino
          FROM envios_tarifario_banda b WHERE b.tarifario_id = de) x
    WHERE x.empieza < x.termino
$$;
GRANT EXECUTE ON FUNCTION envios_tarifario_faltas(UUID) TO qhatu_aplicacion;

-- Never before now, nor what has passed: the bound is the beginning of the transaction, by the platform's clock.
CREATE FUNCTION envios_tarifario_guarda() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    desde CONSTANT TIMESTAMPTZ := nucleo_ahora() - (clock_timestamp() - transaction_timestamp()) - interval '1 ms';
BEGIN
    IF (NEW.id, NEW.operador_unidad_id, NEW.numero) IS DISTINCT FROM (OLD.id, OLD.operador_unidad_id, OLD.numero) THEN
        RAISE EXCEPTION 'a rate sheet keeps its operator and number' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.vigente_desde IS DISTINCT FROM OLD.vigente_desde
       AND NOT (OLD.estado = 'borrador' AND NEW.estado = 'publicado' AND NEW.vigente_desde >= desde) THEN
        RAISE EXCEPTION 'rates begin when they are published, never before now' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.vigente_hasta IS DISTINCT FROM OLD.vigente_hasta
       AND (NEW.estado <> 'publicado' OR OLD.vigente_hasta < desde OR NEW.vigente_hasta < desde) THEN
        RAISE EXCEPTION 'rates that ended do not end again' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.estado <> 'borrador' AND NEW.leido IS DISTINCT FROM OLD.leido THEN
        RAISE EXCEPTION 'a published rate sheet does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.estado = 'borrador' AND NEW.estado = 'publicado'
       AND EXISTS (SELECT FROM envios_tarifario_faltas(NEW.id)) THEN
        RAISE EXCEPTION 'the rate sheet lacks something' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guarda BEFORE UPDATE ON envios_tarifario FOR EACH ROW EXECUTE FUNCTION envios_tarifario_guarda();

-- The lines of a version are written while it is a draft. The lock makes who publishes wait, and be waited for.
CREATE FUNCTION envios_tarifario_en_borrador() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM envios_tarifario t
    WHERE t.id IN (SELECT DISTINCT f.tarifario_id FROM filas f) ORDER BY t.id FOR SHARE;
    IF EXISTS (SELECT FROM envios_tarifario t
               WHERE t.id IN (SELECT DISTINCT f.tarifario_id FROM filas f) AND t.estado <> 'borrador') THEN
        RAISE EXCEPTION 'a published rate sheet does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER nacen AFTER INSERT ON envios_tarifario_servicio REFERENCING NEW TABLE AS filas
    FOR EACH STATEMENT EXECUTE FUNCTION envios_tarifario_en_borrador();
CREATE TRIGGER mueren AFTER DELETE ON envios_tarifario_servicio REFERENCING OLD TABLE AS filas
    FOR EACH STATEMENT EXECUTE FUNCTION envios_tarifario_en_borrador();
CREATE TRIGGER nacen AFTER INSERT ON envios_tarifario_lugar REFERENCING NEW TABLE AS filas
    FOR EACH STATEMENT EXECUTE FUNCTION envios_tarifario_en_borrador();
CREATE TRIGGER mueren AFTER DELETE ON envios_tarifario_lugar REFERENCING OLD TABLE AS filas
    FOR EACH STATEMENT EXECUTE FUNCTION envios_tarifario_en_borrador();
CREATE TRIGGER nacen AFTER INSERT ON envios_tarifario_ruta REFERENCING NEW TABLE AS filas
    FOR EACH STATEMENT EXECUTE FUNCTION envios_tarifario_en_borrador();
CREATE TRIGGER mueren AFTER DELETE ON envios_tarifario_ruta REFERENCING OLD TABLE AS filas
    FOR EACH STATEMENT EXECUTE FUNCTION envios_tarifario_en_borrador();
CREATE TRIGGER nacen AFTER INSERT ON envios_tarifario_banda REFERENCING NEW TABLE AS filas
    FOR EACH STATEMENT EXECUTE FUNCTION envios_tarifario_en_borrador();
CREATE TRIGGER mueren AFTER DELETE ON envios_tarifario_banda REFERENCING OLD TABLE AS filas
    FOR EACH STATEMENT EXECUTE FUNCTION envios_tarifario_en_borrador();

-- A quote cites rates that were in force when it was offered, which is now.
CREATE FUNCTION envios_cotizacion_nace() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.ofrecida_en NOT BETWEEN
           nucleo_ahora() - (clock_timestamp() - transaction_timestamp()) - interval '1 ms' AND nucleo_ahora()
       OR NOT EXISTS (
           SELECT FROM envios_tarifario t
           WHERE t.id = NEW.tarifario_id AND t.estado = 'publicado' AND t.vigente_desde <= NEW.ofrecida_en
             AND (t.vigente_hasta IS NULL OR t.vigente_hasta > NEW.ofrecida_en)) THEN
        RAISE EXCEPTION 'a quote is of the rates in force' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nace BEFORE INSERT ON envios_cotizacion FOR EACH ROW EXECUTE FUNCTION envios_cotizacion_nace();
