-- The house's, until a norm says otherwise.
INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-00000d1e8501', 'envios.reintentar_mensaje',
     'Intentar de nuevo un mensaje del programa de un operador', 72, 'horas', 'dia_siguiente', false, NULL, 'Regla de Qhatu',
     'Si el envío todavía no se conoce o no se entregó al operador. Después queda por resolver.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-00000d1e8502', 'envios.resolver_mensaje',
     'Resolver un mensaje del programa de un operador que no se pudo registrar', 1440, 'horas', 'dia_siguiente', false, NULL,
     'Regla de Qhatu', 'Después se descarta.', false, '2017-01-01');

CREATE TABLE envios_mensaje (
    id uuid NOT NULL,
    operador_unidad_id uuid NOT NULL,
    huella varchar(64) NOT NULL,
    contenido text NOT NULL,
    recibido_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    recibido_de varchar(120) NOT NULL,
    estado text NOT NULL,
    intentos integer NOT NULL,
    revisar_en timestamptz,
    envio_numero varchar(60) NOT NULL,
    codigo varchar(10) NOT NULL,
    desconocido boolean NOT NULL,
    evento_id uuid,
    error_codigo varchar(60) NOT NULL,
    detalle varchar(300) NOT NULL,
    terminado_en timestamptz,
    terminado_por varchar(120),
    CONSTRAINT pk_envios_mensaje PRIMARY KEY (id),
    CONSTRAINT uq_envios_mensaje_operador_unidad_id_huella UNIQUE (operador_unidad_id, huella),
    CONSTRAINT fk_envios_mensaje_operador_unidad_id FOREIGN KEY (operador_unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_envios_mensaje_evento_id FOREIGN KEY (evento_id) REFERENCES envios_evento (id),
    CONSTRAINT ck_envios_mensaje_huella CHECK (huella ~ '^[0-9a-f]{64}$'),
    CONSTRAINT ck_envios_mensaje_contenido CHECK (length(contenido) <= 4000),
    CONSTRAINT ck_envios_mensaje_intentos CHECK (intentos >= 0),
    CONSTRAINT ck_envios_mensaje_registrado CHECK ((estado = 'registrado') = (evento_id IS NOT NULL)),
    CONSTRAINT ck_envios_mensaje_por_revisar CHECK ((estado IN ('registrado', 'descartado')) = (revisar_en IS NULL)),
    CONSTRAINT ck_envios_mensaje_terminado CHECK ((revisar_en IS NULL) = (terminado_en IS NOT NULL))
);
CREATE INDEX ix_envios_mensaje_revisar ON envios_mensaje (revisar_en) WHERE revisar_en IS NOT NULL;
CREATE INDEX ix_envios_mensaje_pendientes ON envios_mensaje (operador_unidad_id, recibido_en)
    WHERE revisar_en IS NOT NULL OR desconocido;
CREATE INDEX ix_envios_mensaje_evento ON envios_mensaje (evento_id) WHERE evento_id IS NOT NULL;
GRANT SELECT, INSERT, UPDATE (contenido, estado, intentos, revisar_en, envio_numero, codigo, desconocido, evento_id,
                              error_codigo, detalle, terminado_en, terminado_por)
    ON envios_mensaje TO qhatu_aplicacion;

ALTER TABLE envios_mensaje DROP CONSTRAINT IF EXISTS ck_envios_mensaje_estado,
    ADD CONSTRAINT ck_envios_mensaje_estado CHECK (estado IN ('recibido', 'en_espera', 'rechazado', 'registrado', 'descartado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_mensaje FOR EACH ROW
    WHEN (NEW.estado NOT IN ('recibido')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_mensaje FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'recibido' THEN NEW.estado IN ('en_espera', 'rechazado', 'registrado')
        WHEN 'en_espera' THEN NEW.estado IN ('rechazado', 'registrado', 'descartado')
        WHEN 'rechazado' THEN NEW.estado IN ('en_espera', 'registrado', 'descartado')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

