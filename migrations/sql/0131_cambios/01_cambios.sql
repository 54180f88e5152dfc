-- What is sent in the place of what was claimed, of the same product. A claim has two states and an end more.
ALTER TABLE comercio_reclamo
    DROP CONSTRAINT ck_comercio_reclamo_fin,
    ADD CONSTRAINT ck_comercio_reclamo_fin CHECK (
        (terminado_en IS NOT NULL) = (estado IN ('devuelto', 'cerrado', 'retirado', 'sin_objeto', 'cambiado'))),
    DROP CONSTRAINT ck_comercio_reclamo_reloj,
    ADD CONSTRAINT ck_comercio_reclamo_reloj CHECK (
        (vence_en IS NULL) = (estado IN ('devuelto', 'cerrado', 'retirado', 'sin_objeto', 'cambiado')));
DROP INDEX uq_comercio_reclamo_abierto;
CREATE UNIQUE INDEX uq_comercio_reclamo_abierto ON comercio_reclamo (pedido_id)
    WHERE estado NOT IN ('devuelto', 'cerrado', 'retirado', 'sin_objeto', 'cambiado');

CREATE TABLE comercio_cambio (
    reclamo_id uuid NOT NULL,
    linea_id uuid NOT NULL,
    producto_id uuid NOT NULL,
    variante_id uuid NOT NULL,
    existencia_id uuid NOT NULL,
    opcion varchar(200) NOT NULL,
    cantidad numeric(14, 4) NOT NULL,
    peso_g integer NOT NULL,
    estado varchar(12) NOT NULL,
    envio_id uuid,
    envio_numero varchar(20),
    apartado_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    terminado_en timestamptz,
    incidencia varchar(300) NOT NULL,
    CONSTRAINT pk_comercio_cambio PRIMARY KEY (reclamo_id),
    CONSTRAINT uq_comercio_cambio_envio_id UNIQUE (envio_id),
    CONSTRAINT fk_comercio_cambio_reclamo_id_linea_id FOREIGN KEY (reclamo_id, linea_id)
        REFERENCES comercio_reclamo_linea (reclamo_id, linea_id),
    CONSTRAINT fk_comercio_cambio_variante_id_producto_id FOREIGN KEY (variante_id, producto_id)
        REFERENCES comercio_variante (id, producto_id),
    CONSTRAINT fk_comercio_cambio_existencia_id_variante_id FOREIGN KEY (existencia_id, variante_id)
        REFERENCES comercio_existencia (id, variante_id),
    CONSTRAINT fk_comercio_cambio_envio_id FOREIGN KEY (envio_id) REFERENCES envios_envio (id),
    CONSTRAINT ck_comercio_cambio_cantidad CHECK (cantidad > 0 AND peso_g > 0),
    CONSTRAINT ck_comercio_cambio_envio CHECK ((envio_id IS NULL) = (envio_numero IS NULL)),
    CONSTRAINT ck_comercio_cambio_con_envio CHECK (CASE estado WHEN 'apartado' THEN envio_id IS NULL
        WHEN 'anulado' THEN true ELSE envio_id IS NOT NULL END),
    CONSTRAINT ck_comercio_cambio_fin CHECK (
        (terminado_en IS NOT NULL) = (estado IN ('entregado', 'devuelto', 'perdido', 'anulado')))
);
CREATE INDEX ix_comercio_cambio_linea_id ON comercio_cambio (linea_id);
CREATE INDEX ix_comercio_cambio_variante_id ON comercio_cambio (variante_id);
CREATE INDEX ix_comercio_cambio_existencia_id ON comercio_cambio (existencia_id)
    WHERE estado IN ('apartado', 'anunciado');
GRANT SELECT, INSERT, UPDATE (estado, envio_id, envio_numero, terminado_en, incidencia) ON comercio_cambio
    TO qhatu_aplicacion;

INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-00000000f601', 'comercio.mandar_cambio',
     'Que el correo reciba un cambio: quien vende', 5, 'dias_habiles', 'dia_habil_siguiente', true, 'positivo',
     'Regla de la plataforma', 'Si no lo manda a tiempo se devuelve lo que se pidió.', false, '2017-01-01');
