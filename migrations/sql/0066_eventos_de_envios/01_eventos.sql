-- Events of several operators, corrections, annulments, incidents; what is derived of them on the item's row.
ALTER TABLE envios_envio
    ADD COLUMN custodio_unidad_id uuid,
    ADD COLUMN correcciones integer NOT NULL DEFAULT 0,
    ADD COLUMN noticias_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    ADD COLUMN revisar_en timestamptz;
ALTER TABLE envios_envio ALTER COLUMN correcciones DROP DEFAULT;

-- What was annulled here was written with the code of an export cancelled.
ALTER TABLE envios_evento DISABLE TRIGGER envios_evento_inmutable;
UPDATE envios_evento SET codigo = 'QHAC' WHERE codigo = 'EXX';
ALTER TABLE envios_evento
    ADD COLUMN contraparte_unidad_id uuid,
    ADD COLUMN cuenta_desde timestamptz;
UPDATE envios_evento SET cuenta_desde = GREATEST(ocurrido_en, recibido_en);
ALTER TABLE envios_evento ENABLE TRIGGER envios_evento_inmutable;
ALTER TABLE envios_evento
    ALTER COLUMN cuenta_desde SET NOT NULL,
    ADD CONSTRAINT ck_envios_evento_cuenta_desde CHECK (cuenta_desde = GREATEST(ocurrido_en, recibido_en)),
    ADD CONSTRAINT fk_envios_evento_contraparte_unidad_id
        FOREIGN KEY (contraparte_unidad_id) REFERENCES registro_unidad (id),
    ADD CONSTRAINT ck_envios_evento_traspaso CHECK (
        (codigo IN ('QHTE', 'QHTR')) = (contraparte_unidad_id IS NOT NULL)
        AND contraparte_unidad_id IS DISTINCT FROM operador_unidad_id
    );
DROP INDEX uq_envios_evento_una_entrega;
CREATE INDEX ix_envios_evento_envio ON envios_evento (envio_id, ocurrido_en);

UPDATE envios_envio e SET
    custodio_unidad_id = e.operador_unidad_id,
    noticias_en = coalesce(
        (SELECT max(v.cuenta_desde) FROM envios_evento v WHERE v.envio_id = e.id), e.creado_en
    );
UPDATE envios_envio SET revisar_en = noticias_en + interval '30 days'
WHERE estado NOT IN ('entregado', 'devuelto', 'anulado');
ALTER TABLE envios_envio
    ALTER COLUMN custodio_unidad_id SET NOT NULL,
    ADD CONSTRAINT fk_envios_envio_custodio_unidad_id
        FOREIGN KEY (custodio_unidad_id) REFERENCES registro_unidad (id),
    ADD CONSTRAINT ck_envios_envio_correcciones CHECK (correcciones >= 0);
CREATE INDEX ix_envios_envio_custodio ON envios_envio (custodio_unidad_id, estado, estado_en, id);
CREATE INDEX ix_envios_envio_revisar ON envios_envio (revisar_en) WHERE revisar_en IS NOT NULL;

CREATE TABLE envios_correccion (
    id uuid NOT NULL,
    operador_unidad_id uuid NOT NULL,
    evento_id uuid,
    evento_cliente_id varchar(64) NOT NULL,
    motivo varchar(30) NOT NULL,
    detalle varchar(300) NOT NULL,
    fuente varchar(12) NOT NULL,
    registrado_por varchar(120) NOT NULL,
    recibido_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_envios_correccion PRIMARY KEY (id),
    CONSTRAINT fk_envios_correccion_operador_unidad_id
        FOREIGN KEY (operador_unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_envios_correccion_evento_id FOREIGN KEY (evento_id) REFERENCES envios_evento (id),
    CONSTRAINT uq_envios_correccion_evento_id UNIQUE (evento_id),
    CONSTRAINT ck_envios_correccion_que_evento CHECK ((evento_id IS NULL) <> (evento_cliente_id = '')),
    CONSTRAINT ck_envios_correccion_motivo
        CHECK (motivo IN ('no_ocurrio', 'datos_incorrectos', 'otro_envio', 'repetido'))
);
CREATE UNIQUE INDEX uq_envios_correccion_cliente ON envios_correccion (operador_unidad_id, evento_cliente_id)
    WHERE evento_cliente_id <> '';
CREATE TRIGGER envios_correccion_inmutable BEFORE UPDATE OR DELETE ON envios_correccion
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
GRANT SELECT, INSERT ON envios_correccion TO qhatu_aplicacion;

CREATE TABLE envios_anulacion (
    id uuid NOT NULL,
    envio_id uuid NOT NULL,
    estado varchar(20) NOT NULL,
    pedida_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    pedida_por varchar(120) NOT NULL,
    vence_en timestamptz NOT NULL,
    resuelta_en timestamptz,
    resuelta_por varchar(120),
    nota varchar(300) NOT NULL,
    CONSTRAINT pk_envios_anulacion PRIMARY KEY (id),
    CONSTRAINT fk_envios_anulacion_envio_id FOREIGN KEY (envio_id) REFERENCES envios_envio (id),
    CONSTRAINT ck_envios_anulacion_resuelta CHECK ((estado = 'pedida') = (resuelta_en IS NULL))
);
CREATE UNIQUE INDEX uq_envios_anulacion_pedida ON envios_anulacion (envio_id) WHERE estado = 'pedida';
CREATE INDEX ix_envios_anulacion_vence ON envios_anulacion (vence_en) WHERE estado = 'pedida';
GRANT SELECT, INSERT, UPDATE ON envios_anulacion TO qhatu_aplicacion;

CREATE TABLE envios_incidencia (
    id uuid NOT NULL,
    envio_id uuid NOT NULL,
    clase varchar(30) NOT NULL,
    clave varchar(160) NOT NULL,
    estado varchar(20) NOT NULL,
    abierta_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    resuelta_en timestamptz,
    resuelta_por varchar(120),
    resolucion varchar(30),
    nota varchar(300) NOT NULL,
    CONSTRAINT pk_envios_incidencia PRIMARY KEY (id),
    CONSTRAINT fk_envios_incidencia_envio_id FOREIGN KEY (envio_id) REFERENCES envios_envio (id),
    CONSTRAINT uq_envios_incidencia_causa UNIQUE (envio_id, clase, clave),
    CONSTRAINT ck_envios_incidencia_clase CHECK (clase IN (
        'entrega_doble', 'entrega_corregida', 'anulado_con_movimientos', 'anulacion_corregida',
        'devolucion_sin_aviso', 'traspaso_sin_confirmar', 'operador_sin_traspaso'
    )),
    CONSTRAINT ck_envios_incidencia_resolucion
        CHECK (resolucion IN ('sin_causa', 'aclarada', 'compensada', 'sin_efecto')),
    CONSTRAINT ck_envios_incidencia_resuelta CHECK (
        (estado = 'abierta') = (resuelta_en IS NULL) AND (resuelta_en IS NULL) = (resolucion IS NULL)
    )
);
CREATE INDEX ix_envios_incidencia_abierta ON envios_incidencia (envio_id) WHERE estado = 'abierta';
GRANT SELECT, INSERT, UPDATE ON envios_incidencia TO qhatu_aplicacion;

