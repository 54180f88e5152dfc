-- An order, its parcels and what it promises to do each have their own life.
ALTER TABLE comercio_pedido_linea ADD CONSTRAINT uq_comercio_pedido_linea_id_pedido_id UNIQUE (id, pedido_id);

CREATE TABLE comercio_paquete (
    id uuid NOT NULL,
    pedido_id uuid NOT NULL,
    numero integer NOT NULL,
    envio_id uuid NOT NULL,
    envio_numero varchar(20) NOT NULL,
    estado varchar(12) NOT NULL,
    despachado_en timestamptz,
    entregado_en timestamptz,
    vence_en timestamptz,
    incidencia varchar(300) NOT NULL,
    creado_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_paquete PRIMARY KEY (id),
    CONSTRAINT uq_comercio_paquete_pedido_id_numero UNIQUE (pedido_id, numero),
    CONSTRAINT uq_comercio_paquete_id_pedido_id UNIQUE (id, pedido_id),
    CONSTRAINT uq_comercio_paquete_envio_id UNIQUE (envio_id),
    CONSTRAINT fk_comercio_paquete_pedido_id FOREIGN KEY (pedido_id) REFERENCES comercio_pedido (id),
    CONSTRAINT fk_comercio_paquete_envio_id FOREIGN KEY (envio_id) REFERENCES envios_envio (id),
    CONSTRAINT ck_comercio_paquete_numero CHECK (numero BETWEEN 1 AND 99),
    CONSTRAINT ck_comercio_paquete_entregado CHECK (estado <> 'entregado' OR entregado_en IS NOT NULL),
    CONSTRAINT ck_comercio_paquete_despachado CHECK (estado <> 'despachado' OR despachado_en IS NOT NULL)
);
CREATE INDEX ix_comercio_paquete_vence_en_id ON comercio_paquete (vence_en, id) WHERE estado = 'despachado';

CREATE TABLE comercio_paquete_linea (
    paquete_id uuid NOT NULL,
    linea_id uuid NOT NULL,
    pedido_id uuid NOT NULL,
    cantidad numeric(14, 4) NOT NULL,
    CONSTRAINT pk_comercio_paquete_linea PRIMARY KEY (paquete_id, linea_id),
    CONSTRAINT fk_comercio_paquete_linea_paquete_id FOREIGN KEY (paquete_id, pedido_id)
        REFERENCES comercio_paquete (id, pedido_id),
    CONSTRAINT fk_comercio_paquete_linea_linea_id FOREIGN KEY (linea_id, pedido_id)
        REFERENCES comercio_pedido_linea (id, pedido_id),
    CONSTRAINT ck_comercio_paquete_linea_cantidad CHECK (cantidad > 0)
);
CREATE INDEX ix_comercio_paquete_linea_linea_id ON comercio_paquete_linea (linea_id);

CREATE TABLE comercio_pedido_cancelacion (
    id uuid NOT NULL,
    pedido_id uuid NOT NULL,
    linea_id uuid NOT NULL,
    causa uuid NOT NULL,
    cantidad numeric(14, 4) NOT NULL,
    importe bigint NOT NULL,
    actor varchar(200) NOT NULL,
    motivo varchar(300) NOT NULL,
    ocurrio_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_pedido_cancelacion PRIMARY KEY (id),
    CONSTRAINT uq_comercio_pedido_cancelacion_causa_linea_id UNIQUE (causa, linea_id),
    CONSTRAINT fk_comercio_pedido_cancelacion_linea_id FOREIGN KEY (linea_id, pedido_id)
        REFERENCES comercio_pedido_linea (id, pedido_id),
    CONSTRAINT ck_comercio_pedido_cancelacion_montos CHECK (cantidad > 0 AND importe >= 0)
);
CREATE INDEX ix_comercio_pedido_cancelacion_pedido_id ON comercio_pedido_cancelacion (pedido_id);
CREATE INDEX ix_comercio_pedido_cancelacion_linea_id ON comercio_pedido_cancelacion (linea_id);

CREATE TABLE comercio_servicio (
    pedido_id uuid NOT NULL,
    estado varchar(10) NOT NULL,
    prestado_en timestamptz,
    evidencia varchar(1000) NOT NULL,
    conforme_hasta timestamptz,
    terminado_en timestamptz,
    CONSTRAINT pk_comercio_servicio PRIMARY KEY (pedido_id),
    CONSTRAINT fk_comercio_servicio_pedido_id FOREIGN KEY (pedido_id) REFERENCES comercio_pedido (id),
    CONSTRAINT ck_comercio_servicio_prestado CHECK ((prestado_en IS NULL) = (conforme_hasta IS NULL)),
    CONSTRAINT ck_comercio_servicio_con_fecha CHECK (estado <> 'prestado' OR prestado_en IS NOT NULL)
);
CREATE INDEX ix_comercio_servicio_conforme_hasta_pedido_id ON comercio_servicio (conforme_hasta, pedido_id)
    WHERE estado = 'prestado';

-- What exists: one parcel an order that was announced. An order that said «dispatched» stays so, and its units out of
-- stock; what nobody delivers is given up for lost in sixty days from now.
INSERT INTO comercio_paquete (id, pedido_id, numero, envio_id, envio_numero, estado, despachado_en, entregado_en,
                              vence_en, incidencia, creado_en)
SELECT gen_random_uuid(), p.id, 1, p.envio_id, p.envio_numero,
       CASE WHEN p.estado IN ('entregado', 'liberado') THEN 'entregado'
            WHEN p.estado = 'cancelado' THEN CASE e.estado WHEN 'anulado' THEN 'anulado' ELSE 'devuelto' END
            ELSE 'despachado' END,
       d.ocurrio_en, CASE WHEN p.estado IN ('entregado', 'liberado') THEN coalesce(e.entregado_en, p.actualizado_en) END,
       CASE WHEN p.estado = 'despachado' THEN nucleo_ahora() + interval '60 days' END, '', d.ocurrio_en
FROM comercio_pedido p
JOIN envios_envio e ON e.id = p.envio_id
CROSS JOIN LATERAL (SELECT coalesce((SELECT max(s.ocurrio_en) FROM comercio_pedido_paso s WHERE s.pedido_id = p.id
                                     AND s.estado = 'despachado'), p.actualizado_en) AS ocurrio_en) d;
INSERT INTO comercio_paquete_linea (paquete_id, linea_id, pedido_id, cantidad)
SELECT q.id, l.id, l.pedido_id, l.cantidad
FROM comercio_paquete q JOIN comercio_pedido_linea l ON l.pedido_id = q.pedido_id;
INSERT INTO comercio_pedido_cancelacion (id, pedido_id, linea_id, causa, cantidad, importe, actor, motivo, ocurrio_en)
SELECT gen_random_uuid(), p.id, l.id, p.anulacion_id, l.cantidad, l.importe, s.actor, s.detalle, s.ocurrio_en
FROM comercio_pedido p
JOIN comercio_pedido_linea l ON l.pedido_id = p.id
JOIN comercio_pedido_paso s ON s.pedido_id = p.id AND s.estado = 'cancelado'
WHERE p.estado = 'cancelado';
INSERT INTO comercio_servicio (pedido_id, estado, evidencia, terminado_en)
SELECT p.id,
       CASE WHEN p.estado IN ('entregado', 'liberado') THEN 'conforme'
            WHEN p.estado = 'cancelado' THEN 'anulado' ELSE 'agendado' END, '',
       CASE WHEN p.estado IN ('entregado', 'liberado', 'cancelado') THEN p.actualizado_en END
FROM comercio_pedido p WHERE p.modalidad = 'servicio';

-- The order says neither its money nor its parcel any more.
DROP TRIGGER comercio_pedido_venta_inmutable ON comercio_pedido;
ALTER TABLE comercio_pedido
    DROP CONSTRAINT ck_comercio_pedido_liberado, DROP CONSTRAINT ck_comercio_pedido_cancelado,
    DROP CONSTRAINT ck_comercio_pedido_con_envio, DROP CONSTRAINT ck_comercio_pedido_sin_envio,
    DROP COLUMN custodia_id, DROP COLUMN confirmacion_id, DROP COLUMN comision_transferencia_id,
    DROP COLUMN anulacion_id, DROP COLUMN envio_id, DROP COLUMN envio_numero,
    ADD COLUMN dias_de_elaboracion smallint NOT NULL DEFAULT 0,
    ADD CONSTRAINT ck_comercio_pedido_dias_de_elaboracion CHECK (dias_de_elaboracion BETWEEN 0 AND 365);
ALTER TABLE comercio_pedido ALTER COLUMN dias_de_elaboracion DROP DEFAULT;
CREATE TRIGGER comercio_pedido_venta_inmutable
    BEFORE UPDATE OF id, numero, compra_id, vendedor_id, comprador_id, modalidad, total, peso_g, dias_de_elaboracion
    ON comercio_pedido FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();

ALTER TABLE comercio_pedido DROP CONSTRAINT ck_comercio_pedido_estado;
ALTER TABLE comercio_pedido DISABLE TRIGGER vida_pasa;
UPDATE comercio_pedido SET estado = 'concluido' WHERE estado = 'liberado';
ALTER TABLE comercio_pedido ENABLE TRIGGER vida_pasa;
ALTER TABLE comercio_pedido_paso DROP CONSTRAINT ck_comercio_pedido_paso_estado,
    DROP CONSTRAINT uq_comercio_pedido_paso_pedido_id_estado;
ALTER TABLE comercio_pedido_paso DISABLE TRIGGER comercio_pedido_paso_inmutable;
UPDATE comercio_pedido_paso SET estado = 'concluido' WHERE estado = 'liberado';
ALTER TABLE comercio_pedido_paso ENABLE TRIGGER comercio_pedido_paso_inmutable;
ALTER TABLE comercio_pedido_paso ADD CONSTRAINT ck_comercio_pedido_paso_estado CHECK (
    estado IN ('pagado', 'en_preparacion', 'despachado', 'entregado', 'concluido', 'cancelado'));
CREATE INDEX ix_comercio_pedido_paso_pedido_id_ocurrio_en ON comercio_pedido_paso (pedido_id, ocurrio_en);

GRANT SELECT, INSERT, UPDATE (estado, liberar_en, devuelto, al_vendedor, comision_cobrada, mudada_en, terminada_en)
    ON comercio_custodia TO qhatu_aplicacion;
GRANT SELECT, INSERT, UPDATE (estado, despachado_en, entregado_en, vence_en, incidencia)
    ON comercio_paquete TO qhatu_aplicacion;
GRANT SELECT, INSERT ON comercio_paquete_linea TO qhatu_aplicacion;
GRANT SELECT, INSERT ON comercio_pedido_cancelacion TO qhatu_aplicacion;
GRANT SELECT, INSERT, UPDATE (estado, prestado_en, evidencia, conforme_hasta, terminado_en)
    ON comercio_servicio TO qhatu_aplicacion;
