-- What was said and decided is not rewritten.
CREATE TRIGGER comercio_denuncia_inmutable
    BEFORE UPDATE OF id, producto_id, persona_id, regla_codigo, motivo, relato, abierta_en
    ON comercio_denuncia FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_denuncia_terminada BEFORE UPDATE ON comercio_denuncia FOR EACH ROW
    WHEN (OLD.terminada_en IS NOT NULL) EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_denuncia_sin_borrado BEFORE DELETE ON comercio_denuncia
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_intervencion_inmutable
    BEFORE UPDATE OF id, producto_id, vendedor_id, estaba, motivos, decidio_id, decidio, abierta_en
    ON comercio_intervencion FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_intervencion_apelada BEFORE UPDATE OF apelacion, apelada_en, apelo_id, apelo
    ON comercio_intervencion FOR EACH ROW
    WHEN (OLD.apelada_en IS NOT NULL) EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_intervencion_terminada BEFORE UPDATE ON comercio_intervencion FOR EACH ROW
    WHEN (OLD.terminada_en IS NOT NULL) EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_intervencion_sin_borrado BEFORE DELETE ON comercio_intervencion
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();

-- A product is off sale by the authority while a decision says so, and only then: nobody else takes it there,
-- and it does not come back before that decision is lifted, to another state than it had.
CREATE FUNCTION comercio_producto_intervenido() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.estado = 'intervenido' AND NOT EXISTS (
        SELECT FROM comercio_intervencion
        WHERE producto_id = NEW.id AND estado IN ('vigente', 'apelada') AND estaba = OLD.estado
    ) THEN
        RAISE EXCEPTION 'un producto se retira por una decisión de la autoridad'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.estado = 'intervenido' AND (
        EXISTS (SELECT FROM comercio_intervencion WHERE producto_id = NEW.id AND estado <> 'levantada')
        OR NEW.estado IS DISTINCT FROM (
            SELECT estaba FROM comercio_intervencion WHERE producto_id = NEW.id ORDER BY abierta_en DESC LIMIT 1)
    ) THEN
        RAISE EXCEPTION 'vuelve a como estaba cuando se levanta la decisión'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_producto_intervenido BEFORE UPDATE OF estado ON comercio_producto FOR EACH ROW
    WHEN (OLD.estado <> NEW.estado AND 'intervenido' IN (OLD.estado, NEW.estado))
    EXECUTE FUNCTION comercio_producto_intervenido();

-- At the end of the transaction both say the same.
CREATE FUNCTION comercio_intervencion_cumplida() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT estado FROM comercio_producto WHERE id = NEW.producto_id) = 'intervenido' IS DISTINCT FROM
        EXISTS (SELECT FROM comercio_intervencion
                WHERE producto_id = NEW.producto_id AND estado <> 'levantada') THEN
        RAISE EXCEPTION 'la decisión y el estado del producto no dicen lo mismo'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_intervencion_cumplida AFTER INSERT OR UPDATE ON comercio_intervencion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_intervencion_cumplida();
