-- Of a line of an order that ended, and of which something was kept.
CREATE FUNCTION comercio_opinion_nace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.version <> 1 OR NEW.oculta OR NOT EXISTS (
        SELECT FROM comercio_pedido_linea l JOIN comercio_pedido p ON p.id = l.pedido_id
        WHERE l.id = NEW.linea_id AND l.producto_id = NEW.producto_id AND p.vendedor_id = NEW.vendedor_id
          AND p.estado = 'concluido'
          AND l.cantidad > (SELECT coalesce(sum(c.cantidad), 0) FROM comercio_pedido_cancelacion c
                            WHERE c.linea_id = l.id)) THEN
        RAISE EXCEPTION 'se opina de lo que se compró, cuando el pedido concluye' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_opinion_nace BEFORE INSERT ON comercio_opinion
    FOR EACH ROW EXECUTE FUNCTION comercio_opinion_nace();

-- A review says something: at commit its last version is there, with the same stars.
CREATE FUNCTION comercio_opinion_con_texto() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM comercio_opinion_version v WHERE v.opinion_id = NEW.id
                   AND v.numero = NEW.version AND v.estrellas = NEW.estrellas) THEN
        RAISE EXCEPTION 'una opinión dice lo que su última versión' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comercio_opinion_con_texto AFTER INSERT OR UPDATE ON comercio_opinion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comercio_opinion_con_texto();

-- Nobody reviews what a unit that they sell for sells; a review is written again in order, and in its time.
CREATE FUNCTION comercio_opinion_escrita() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF registro_vende(NEW.persona_id, (SELECT vendedor_id FROM comercio_opinion WHERE id = NEW.opinion_id)) THEN
        RAISE EXCEPTION 'quien opina no puede vender por quien vende' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.numero > 1 THEN
        UPDATE comercio_opinion SET version = NEW.numero, estrellas = NEW.estrellas
        WHERE id = NEW.opinion_id AND version = NEW.numero - 1 AND editable_hasta >= nucleo_ahora();
        IF NOT FOUND THEN
            RAISE EXCEPTION 'una opinión se cambia en su orden y en su plazo' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION comercio_opinion_escrita() FROM PUBLIC;
CREATE TRIGGER comercio_opinion_escrita AFTER INSERT ON comercio_opinion_version
    FOR EACH ROW EXECUTE FUNCTION comercio_opinion_escrita();

-- Hidden or shown is what the last decision says.
CREATE FUNCTION comercio_opinion_moderada() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE comercio_opinion SET oculta = NEW.oculta WHERE id = NEW.opinion_id AND oculta <> NEW.oculta;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'la opinión ya está así' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION comercio_opinion_moderada() FROM PUBLIC;
CREATE TRIGGER comercio_opinion_moderada AFTER INSERT ON comercio_opinion_moderacion
    FOR EACH ROW EXECUTE FUNCTION comercio_opinion_moderada();

CREATE TRIGGER comercio_opinion_inmutable BEFORE UPDATE OF id, pedido_id, linea_id, producto_id, vendedor_id, autor,
    publicada_en, editable_hasta ON comercio_opinion FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_opinion_sin_borrado BEFORE DELETE ON comercio_opinion
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_opinion_version_inmutable BEFORE UPDATE OR DELETE ON comercio_opinion_version
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_opinion_respuesta_inmutable BEFORE UPDATE OR DELETE ON comercio_opinion_respuesta
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_opinion_moderacion_inmutable BEFORE UPDATE OR DELETE ON comercio_opinion_moderacion
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
