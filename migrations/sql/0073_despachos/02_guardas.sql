-- What no code may get wrong: contents do not change behind a seal, nor the seal, nor a manifest that left.
CREATE FUNCTION envios_carga_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    donde text;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.estado = OLD.estado THEN
        RETURN NEW;
    END IF;
    IF NEW.saca_id IS NOT NULL THEN
        SELECT estado INTO donde FROM envios_saca WHERE id = NEW.saca_id FOR SHARE;
    ELSE
        SELECT estado INTO donde FROM envios_despacho WHERE id = NEW.despacho_id FOR SHARE;
    END IF;
    IF NOT (CASE NEW.estado
        WHEN 'dentro' THEN donde IN ('abierta', 'en_preparacion')
        WHEN 'sacada' THEN donde IN ('abierta', 'deshecha', 'en_preparacion', 'deshecho')
        ELSE donde IN ('en_camino', 'recibida', 'vaciada', 'no_llego', 'recibido')
    END) THEN
        RAISE EXCEPTION 'lo que va en una carga % no pasa a %', donde, NEW.estado
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER envios_carga_guardia BEFORE INSERT OR UPDATE ON envios_carga
    FOR EACH ROW EXECUTE FUNCTION envios_carga_guardia();

CREATE FUNCTION envios_saca_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    despacho text;
BEGIN
    IF OLD.estado <> 'abierta' AND NEW.estado NOT IN ('abierta', 'deshecha')
        AND (NEW.precinto, NEW.peso_g, NEW.cerrada_en) IS DISTINCT FROM (OLD.precinto, OLD.peso_g, OLD.cerrada_en)
    THEN
        RAISE EXCEPTION 'el precinto y el peso de una saca cerrada no cambian' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.despacho_id IS DISTINCT FROM OLD.despacho_id OR NEW.estado = 'en_camino' AND OLD.estado = 'cerrada' THEN
        SELECT estado INTO despacho FROM envios_despacho
        WHERE id = coalesce(NEW.despacho_id, OLD.despacho_id) FOR SHARE;
        IF NOT (CASE
            WHEN NEW.estado = 'en_camino' THEN despacho = 'en_camino' AND NEW.despacho_id = OLD.despacho_id
            WHEN NEW.despacho_id IS NULL THEN despacho IN ('en_preparacion', 'deshecho')
            ELSE OLD.despacho_id IS NULL AND NEW.estado = 'cerrada' AND despacho = 'en_preparacion'
        END) THEN
            RAISE EXCEPTION 'una saca entra a un despacho, sale de él y viaja con él mientras se prepara'
                USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER envios_saca_guardia BEFORE UPDATE ON envios_saca
    FOR EACH ROW EXECUTE FUNCTION envios_saca_guardia();

CREATE FUNCTION envios_despacho_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'el manifiesto que salió no cambia' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER envios_despacho_guardia BEFORE UPDATE ON envios_despacho FOR EACH ROW
    WHEN (OLD.salio_en IS NOT NULL AND (NEW.sacas, NEW.envios, NEW.peso_g, NEW.salio_en)
        IS DISTINCT FROM (OLD.sacas, OLD.envios, OLD.peso_g, OLD.salio_en))
    EXECUTE FUNCTION envios_despacho_guardia();

CREATE FUNCTION envios_parada_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    hoja text;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.estado = OLD.estado THEN
        RETURN NEW;
    END IF;
    SELECT estado INTO hoja FROM envios_hoja_de_ruta WHERE id = NEW.hoja_id FOR SHARE;
    IF NOT (CASE NEW.estado
        WHEN 'pendiente' THEN hoja = 'en_preparacion'
        WHEN 'quitada' THEN hoja IN ('en_preparacion', 'deshecha')
        ELSE hoja IN ('en_reparto', 'cerrada')
    END) THEN
        RAISE EXCEPTION 'una parada de una hoja % no pasa a %', hoja, NEW.estado
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER envios_parada_guardia BEFORE INSERT OR UPDATE ON envios_parada
    FOR EACH ROW EXECUTE FUNCTION envios_parada_guardia();
