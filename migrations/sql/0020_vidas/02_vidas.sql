-- Lives as nucleo/vidas.py prints them: the states of each table, in which of them a row is born, which step may
-- follow which. The name that CHECKs of states have is of the list alone.
CREATE FUNCTION nucleo_vida() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION '% no nace en el estado %', TG_TABLE_NAME, NEW.estado USING ERRCODE = 'restrict_violation';
    END IF;
    RAISE EXCEPTION '% no pasa de % a %', TG_TABLE_NAME, OLD.estado, NEW.estado
        USING ERRCODE = 'restrict_violation';
END $$;

ALTER TABLE pagos_orden RENAME CONSTRAINT ck_pagos_orden_estado TO ck_pagos_orden_pagado_del_estado;

ALTER TABLE registro_unidad DROP CONSTRAINT IF EXISTS ck_registro_unidad_estado,
    ADD CONSTRAINT ck_registro_unidad_estado CHECK (estado IN ('borrador', 'presentada', 'observada', 'subsanada', 'inscrita', 'suspendida', 'cancelada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON registro_unidad FOR EACH ROW
    WHEN (NEW.estado NOT IN ('borrador')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON registro_unidad FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'borrador' THEN NEW.estado IN ('presentada', 'cancelada')
        WHEN 'presentada' THEN NEW.estado IN ('observada', 'inscrita', 'cancelada')
        WHEN 'observada' THEN NEW.estado IN ('subsanada', 'cancelada')
        WHEN 'subsanada' THEN NEW.estado IN ('observada', 'inscrita', 'cancelada')
        WHEN 'inscrita' THEN NEW.estado IN ('suspendida', 'cancelada')
        WHEN 'suspendida' THEN NEW.estado IN ('inscrita', 'cancelada')
        WHEN 'cancelada' THEN (NEW.estado = 'inscrita' AND OLD.inscrita_en IS NOT NULL) OR (NEW.estado = 'borrador' AND OLD.inscrita_en IS NULL)
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE registro_habilitacion DROP CONSTRAINT IF EXISTS ck_registro_habilitacion_estado,
    ADD CONSTRAINT ck_registro_habilitacion_estado CHECK (estado IN ('solicitada', 'otorgada', 'rechazada', 'suspendida'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON registro_habilitacion FOR EACH ROW
    WHEN (NEW.estado NOT IN ('solicitada', 'otorgada')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON registro_habilitacion FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'solicitada' THEN NEW.estado IN ('otorgada', 'rechazada')
        WHEN 'otorgada' THEN NEW.estado IN ('suspendida')
        WHEN 'rechazada' THEN NEW.estado IN ('solicitada')
        WHEN 'suspendida' THEN NEW.estado IN ('otorgada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE pagos_pendiente DROP CONSTRAINT IF EXISTS ck_pagos_pendiente_estado,
    ADD CONSTRAINT ck_pagos_pendiente_estado CHECK (estado IN ('abierta', 'confirmada', 'anulada', 'vencida'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON pagos_pendiente FOR EACH ROW
    WHEN (NEW.estado NOT IN ('abierta')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON pagos_pendiente FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'abierta' THEN NEW.estado IN ('confirmada', 'anulada', 'vencida')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE pagos_intento DROP CONSTRAINT IF EXISTS ck_pagos_intento_estado,
    ADD CONSTRAINT ck_pagos_intento_estado CHECK (estado IN ('creado', 'ambiguo', 'requiere_accion', 'procesando', 'pagado', 'rechazado', 'cancelado', 'observado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON pagos_intento FOR EACH ROW
    WHEN (NEW.estado NOT IN ('creado')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON pagos_intento FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'creado' THEN NEW.estado IN ('ambiguo', 'requiere_accion', 'procesando', 'pagado', 'rechazado', 'cancelado', 'observado')
        WHEN 'ambiguo' THEN NEW.estado IN ('requiere_accion', 'procesando', 'pagado', 'rechazado', 'cancelado', 'observado')
        WHEN 'requiere_accion' THEN NEW.estado IN ('procesando', 'pagado', 'rechazado', 'cancelado', 'observado')
        WHEN 'procesando' THEN NEW.estado IN ('requiere_accion', 'pagado', 'rechazado', 'cancelado', 'observado')
        WHEN 'rechazado' THEN NEW.estado IN ('pagado', 'observado')
        WHEN 'cancelado' THEN NEW.estado IN ('pagado', 'observado')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE pagos_reembolso DROP CONSTRAINT IF EXISTS ck_pagos_reembolso_estado,
    ADD CONSTRAINT ck_pagos_reembolso_estado CHECK (estado IN ('creado', 'ambiguo', 'procesando', 'hecho', 'fallido', 'revertido'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON pagos_reembolso FOR EACH ROW
    WHEN (NEW.estado NOT IN ('creado')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON pagos_reembolso FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'creado' THEN NEW.estado IN ('ambiguo', 'procesando', 'hecho', 'fallido')
        WHEN 'ambiguo' THEN NEW.estado IN ('procesando', 'hecho', 'fallido')
        WHEN 'procesando' THEN NEW.estado IN ('hecho', 'fallido')
        WHEN 'hecho' THEN NEW.estado IN ('revertido')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE pagos_disputa DROP CONSTRAINT IF EXISTS ck_pagos_disputa_estado,
    ADD CONSTRAINT ck_pagos_disputa_estado CHECK (estado IN ('abierta', 'ganada', 'perdida'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON pagos_disputa FOR EACH ROW
    WHEN (NEW.estado NOT IN ('abierta')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON pagos_disputa FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'abierta' THEN NEW.estado IN ('ganada', 'perdida')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE pagos_planilla DROP CONSTRAINT IF EXISTS ck_pagos_planilla_estado,
    ADD CONSTRAINT ck_pagos_planilla_estado CHECK (estado IN ('preparada', 'presentada', 'ejecutada', 'rechazada', 'anulada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON pagos_planilla FOR EACH ROW
    WHEN (NEW.estado NOT IN ('preparada')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON pagos_planilla FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'preparada' THEN NEW.estado IN ('presentada', 'anulada')
        WHEN 'presentada' THEN NEW.estado IN ('ejecutada', 'rechazada', 'anulada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE pagos_solicitud DROP CONSTRAINT IF EXISTS ck_pagos_solicitud_estado,
    ADD CONSTRAINT ck_pagos_solicitud_estado CHECK (estado IN ('pendiente', 'pagada', 'rechazada', 'vencida', 'cancelada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON pagos_solicitud FOR EACH ROW
    WHEN (NEW.estado NOT IN ('pendiente')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON pagos_solicitud FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'pendiente' THEN NEW.estado IN ('pagada', 'rechazada', 'vencida', 'cancelada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE pagos_orden DROP CONSTRAINT IF EXISTS ck_pagos_orden_estado,
    ADD CONSTRAINT ck_pagos_orden_estado CHECK (estado IN ('pendiente', 'pagada_parcial', 'pagada', 'vencida', 'anulada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON pagos_orden FOR EACH ROW
    WHEN (NEW.estado NOT IN ('pendiente')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON pagos_orden FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'pendiente' THEN NEW.estado IN ('pagada_parcial', 'pagada', 'vencida', 'anulada')
        WHEN 'pagada_parcial' THEN NEW.estado IN ('pagada', 'vencida', 'anulada')
        WHEN 'vencida' THEN NEW.estado IN ('pagada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE pagos_retiro DROP CONSTRAINT IF EXISTS ck_pagos_retiro_estado,
    ADD CONSTRAINT ck_pagos_retiro_estado CHECK (estado IN ('pedido', 'en_lote', 'pagado', 'rechazado', 'cancelado', 'devuelto'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON pagos_retiro FOR EACH ROW
    WHEN (NEW.estado NOT IN ('pedido')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON pagos_retiro FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'pedido' THEN NEW.estado IN ('en_lote', 'rechazado', 'cancelado')
        WHEN 'en_lote' THEN NEW.estado IN ('pagado', 'rechazado')
        WHEN 'pagado' THEN NEW.estado IN ('devuelto')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE envios_envio DROP CONSTRAINT IF EXISTS ck_envios_envio_estado,
    ADD CONSTRAINT ck_envios_envio_estado CHECK (estado IN ('anunciado', 'admitido', 'en_transito', 'retenido', 'en_reparto', 'listo_para_retiro', 'intento_fallido', 'en_devolucion', 'entregado', 'devuelto', 'anulado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_envio FOR EACH ROW
    WHEN (NEW.estado NOT IN ('anunciado')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_envio FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'anunciado' THEN NEW.estado IN ('admitido', 'en_transito', 'retenido', 'en_reparto', 'listo_para_retiro', 'intento_fallido', 'en_devolucion', 'entregado', 'devuelto', 'anulado')
        WHEN 'admitido' THEN NEW.estado IN ('en_transito', 'retenido', 'en_reparto', 'listo_para_retiro', 'intento_fallido', 'en_devolucion', 'entregado', 'devuelto', 'anulado')
        WHEN 'en_transito' THEN NEW.estado IN ('admitido', 'retenido', 'en_reparto', 'listo_para_retiro', 'intento_fallido', 'en_devolucion', 'entregado', 'devuelto', 'anulado')
        WHEN 'retenido' THEN NEW.estado IN ('admitido', 'en_transito', 'en_reparto', 'listo_para_retiro', 'intento_fallido', 'en_devolucion', 'entregado', 'devuelto', 'anulado')
        WHEN 'en_reparto' THEN NEW.estado IN ('admitido', 'en_transito', 'retenido', 'listo_para_retiro', 'intento_fallido', 'en_devolucion', 'entregado', 'devuelto', 'anulado')
        WHEN 'listo_para_retiro' THEN NEW.estado IN ('admitido', 'en_transito', 'retenido', 'en_reparto', 'intento_fallido', 'en_devolucion', 'entregado', 'devuelto', 'anulado')
        WHEN 'intento_fallido' THEN NEW.estado IN ('admitido', 'en_transito', 'retenido', 'en_reparto', 'listo_para_retiro', 'en_devolucion', 'entregado', 'devuelto', 'anulado')
        WHEN 'en_devolucion' THEN NEW.estado IN ('entregado', 'devuelto', 'anulado')
        WHEN 'devuelto' THEN NEW.estado IN ('entregado')
        WHEN 'anulado' THEN NEW.estado IN ('entregado', 'devuelto')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE comercio_producto DROP CONSTRAINT IF EXISTS ck_comercio_producto_estado,
    ADD CONSTRAINT ck_comercio_producto_estado CHECK (estado IN ('borrador', 'publicado', 'pausado', 'retirado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_producto FOR EACH ROW
    WHEN (NEW.estado NOT IN ('borrador', 'publicado')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_producto FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'borrador' THEN NEW.estado IN ('publicado', 'retirado')
        WHEN 'publicado' THEN NEW.estado IN ('pausado', 'retirado')
        WHEN 'pausado' THEN NEW.estado IN ('publicado', 'retirado')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE comercio_pedido DROP CONSTRAINT IF EXISTS ck_comercio_pedido_estado,
    ADD CONSTRAINT ck_comercio_pedido_estado CHECK (estado IN ('pagado', 'en_preparacion', 'despachado', 'entregado', 'liberado', 'cancelado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_pedido FOR EACH ROW
    WHEN (NEW.estado NOT IN ('pagado')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_pedido FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'pagado' THEN NEW.estado IN ('en_preparacion', 'despachado', 'cancelado')
        WHEN 'en_preparacion' THEN NEW.estado IN ('despachado', 'entregado', 'cancelado')
        WHEN 'despachado' THEN NEW.estado IN ('entregado', 'cancelado')
        WHEN 'entregado' THEN NEW.estado IN ('liberado')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE feria_convocatoria DROP CONSTRAINT IF EXISTS ck_feria_convocatoria_estado,
    ADD CONSTRAINT ck_feria_convocatoria_estado CHECK (estado IN ('borrador', 'programado', 'publicado', 'suspendido', 'recepcion_cerrada', 'apertura', 'subasta', 'evaluacion', 'adjudicado', 'desierto', 'desistido', 'descalificado', 'plazo_impugnacion', 'impugnado', 'confirmado', 'revocado', 'contratado', 'en_ejecucion', 'recibido', 'concluido', 'resuelto', 'incumplido', 'cancelado', 'anulado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_convocatoria FOR EACH ROW
    WHEN (NEW.estado NOT IN ('borrador')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_convocatoria FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'borrador' THEN NEW.estado IN ('programado', 'publicado', 'cancelado', 'anulado')
        WHEN 'programado' THEN NEW.estado IN ('publicado', 'cancelado', 'anulado')
        WHEN 'publicado' THEN NEW.estado IN ('suspendido', 'recepcion_cerrada', 'cancelado', 'anulado')
        WHEN 'suspendido' THEN NEW.estado IN ('publicado', 'cancelado', 'anulado')
        WHEN 'recepcion_cerrada' THEN NEW.estado IN ('apertura', 'cancelado', 'anulado')
        WHEN 'apertura' THEN NEW.estado IN ('subasta', 'evaluacion', 'cancelado', 'anulado')
        WHEN 'subasta' THEN NEW.estado IN ('evaluacion', 'cancelado', 'anulado')
        WHEN 'evaluacion' THEN NEW.estado IN ('adjudicado', 'desierto', 'cancelado', 'anulado')
        WHEN 'adjudicado' THEN NEW.estado IN ('desistido', 'descalificado', 'plazo_impugnacion', 'contratado', 'cancelado', 'anulado')
        WHEN 'desistido' THEN NEW.estado IN ('evaluacion', 'desierto', 'cancelado', 'anulado')
        WHEN 'descalificado' THEN NEW.estado IN ('evaluacion', 'desierto', 'cancelado', 'anulado')
        WHEN 'plazo_impugnacion' THEN NEW.estado IN ('impugnado', 'contratado', 'cancelado', 'anulado')
        WHEN 'impugnado' THEN NEW.estado IN ('confirmado', 'revocado', 'cancelado', 'anulado')
        WHEN 'confirmado' THEN NEW.estado IN ('contratado', 'cancelado', 'anulado')
        WHEN 'revocado' THEN NEW.estado IN ('evaluacion', 'cancelado', 'anulado')
        WHEN 'contratado' THEN NEW.estado IN ('en_ejecucion')
        WHEN 'en_ejecucion' THEN NEW.estado IN ('recibido', 'resuelto', 'incumplido')
        WHEN 'recibido' THEN NEW.estado IN ('concluido')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE feria_oferta DROP CONSTRAINT IF EXISTS ck_feria_oferta_estado,
    ADD CONSTRAINT ck_feria_oferta_estado CHECK (estado IN ('vigente', 'reemplazada', 'retirada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_oferta FOR EACH ROW
    WHEN (NEW.estado NOT IN ('vigente')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_oferta FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'vigente' THEN NEW.estado IN ('reemplazada', 'retirada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
