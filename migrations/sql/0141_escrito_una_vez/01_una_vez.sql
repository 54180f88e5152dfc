-- A claim that ended says for ever how: what was offered, decided and given back, and when.
CREATE TRIGGER comercio_reclamo_terminado
    BEFORE UPDATE OF estado, ofrecido, resuelto, devuelto, vence_en, terminado_en ON comercio_reclamo FOR EACH ROW
    WHEN (OLD.terminado_en IS NOT NULL) EXECUTE FUNCTION comercio_inmutable();

-- What is sent in the place of what was claimed goes in one shipment, and ends once.
CREATE TRIGGER comercio_cambio_una_vez
    BEFORE UPDATE OF estado, envio_id, envio_numero, terminado_en ON comercio_cambio FOR EACH ROW
    WHEN (OLD.terminado_en IS NOT NULL OR OLD.envio_id <> NEW.envio_id OR OLD.envio_numero <> NEW.envio_numero
          OR OLD.envio_id IS NOT NULL AND NEW.envio_id IS NULL)
    EXECUTE FUNCTION comercio_inmutable();

-- The terms of an order count from its sale.
CREATE TRIGGER comercio_pedido_creado_inmutable BEFORE UPDATE OF creado_en ON comercio_pedido
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();

-- A parcel left once; its code only goes on, and with the same one nobody tries again.
CREATE TRIGGER comercio_paquete_una_vez
    BEFORE UPDATE OF despachado_en, codigo_version, codigo_fallos ON comercio_paquete FOR EACH ROW
    WHEN (OLD.despachado_en IS DISTINCT FROM NEW.despachado_en AND OLD.despachado_en IS NOT NULL
          OR NEW.codigo_version < OLD.codigo_version
          OR NEW.codigo_version = OLD.codigo_version AND NEW.codigo_fallos < OLD.codigo_fallos)
    EXECUTE FUNCTION comercio_inmutable();

-- An offer is held until the day that was said when it was; its answer is one.
CREATE TRIGGER comercio_oferta_sostenida_a_su_tiempo
    BEFORE UPDATE OF vence_en, sostenida_en, respondio, motivo ON comercio_oferta_sostenida FOR EACH ROW
    WHEN (NEW.estado = OLD.estado OR OLD.sostenida_en <> NEW.sostenida_en
          OR OLD.sostenida_en IS NOT NULL AND (NEW.sostenida_en IS NULL OR NEW.respondio <> OLD.respondio))
    EXECUTE FUNCTION comercio_inmutable();

-- An order ends once.
CREATE UNIQUE INDEX uq_comercio_pedido_paso_fin ON comercio_pedido_paso (pedido_id)
    WHERE estado IN ('concluido', 'cancelado');

-- Holidays are noted from now on, and end once: the days in which nobody could buy are not compared with, and they
-- are not said afterwards.
REVOKE INSERT ON comercio_vacaciones FROM qhatu_aplicacion;
GRANT INSERT (id, vendedor_id, desde, hasta, terminadas_en) ON comercio_vacaciones TO qhatu_aplicacion;
CREATE TRIGGER comercio_vacaciones_terminadas BEFORE UPDATE ON comercio_vacaciones FOR EACH ROW
    WHEN (OLD.terminadas_en IS NOT NULL) EXECUTE FUNCTION comercio_inmutable();
