-- What telephones read, whatever became of it: kept also when it was refused.
CREATE TABLE envios_escaneo (
    id UUID NOT NULL,
    persona_id UUID NOT NULL,
    operador_unidad_id UUID NOT NULL,
    agencia_id UUID,
    dispositivo_id UUID NOT NULL,
    codigo VARCHAR(10) NOT NULL,
    numero VARCHAR(60) NOT NULL,
    motivo VARCHAR(40),
    accion VARCHAR(30),
    reloj_en TIMESTAMP WITH TIME ZONE NOT NULL,
    zona_min INTEGER NOT NULL,
    desfase_ms BIGINT,
    ocurrido_en TIMESTAMP WITH TIME ZONE NOT NULL,
    reloj_corregido BOOLEAN NOT NULL,
    recibido_en TIMESTAMP WITH TIME ZONE DEFAULT nucleo_ahora() NOT NULL,
    estado VARCHAR(20) NOT NULL,
    envio_id UUID,
    evento_id UUID,
    choca_con_id UUID,
    foto_archivo_id UUID,
    error_codigo VARCHAR(60) NOT NULL,
    detalle VARCHAR(300) NOT NULL,
    resuelto_en TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_envios_escaneo PRIMARY KEY (id),
    CONSTRAINT fk_envios_escaneo_agencia_id_operador_unidad_id FOREIGN KEY(agencia_id, operador_unidad_id) REFERENCES envios_agencia (id, operador_unidad_id),
    CONSTRAINT fk_envios_escaneo_foto_archivo_id_id FOREIGN KEY(foto_archivo_id, id) REFERENCES nucleo_archivo (id, duenio_id),
    CONSTRAINT ck_envios_escaneo_evento CHECK (estado NOT IN ('registrado', 'ya_estaba') OR evento_id IS NOT NULL),
    CONSTRAINT ck_envios_escaneo_rechazado CHECK (estado <> 'rechazado' OR error_codigo <> ''),
    CONSTRAINT ck_envios_escaneo_resuelto CHECK (estado NOT IN ('deshecho', 'resuelto') OR resuelto_en IS NOT NULL),
    CONSTRAINT ck_envios_escaneo_reloj CHECK (reloj_corregido OR ocurrido_en = reloj_en),
    CONSTRAINT fk_envios_escaneo_persona_id FOREIGN KEY(persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_envios_escaneo_operador_unidad_id FOREIGN KEY(operador_unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_envios_escaneo_envio_id FOREIGN KEY(envio_id) REFERENCES envios_envio (id),
    CONSTRAINT fk_envios_escaneo_evento_id FOREIGN KEY(evento_id) REFERENCES envios_evento (id),
    CONSTRAINT fk_envios_escaneo_choca_con_id FOREIGN KEY(choca_con_id) REFERENCES envios_evento (id)
);
CREATE INDEX ix_envios_escaneo_evento ON envios_escaneo (evento_id) WHERE evento_id IS NOT NULL;
CREATE INDEX ix_envios_escaneo_foto ON envios_escaneo (foto_archivo_id) WHERE foto_archivo_id IS NOT NULL;
CREATE INDEX ix_envios_escaneo_por_resolver ON envios_escaneo (persona_id, recibido_en) WHERE resuelto_en IS NULL AND (estado = 'rechazado' OR choca_con_id IS NOT NULL);
GRANT SELECT, INSERT, UPDATE (numero, estado, envio_id, evento_id, choca_con_id, foto_archivo_id, error_codigo, detalle, resuelto_en) ON envios_escaneo TO qhatu_aplicacion;

ALTER TABLE envios_escaneo DROP CONSTRAINT IF EXISTS ck_envios_escaneo_estado,
    ADD CONSTRAINT ck_envios_escaneo_estado CHECK (estado IN ('recibido', 'registrado', 'ya_estaba', 'rechazado', 'deshecho', 'resuelto'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_escaneo FOR EACH ROW
    WHEN (NEW.estado NOT IN ('recibido')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_escaneo FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'recibido' THEN NEW.estado IN ('registrado', 'ya_estaba', 'rechazado')
        WHEN 'registrado' THEN NEW.estado IN ('ya_estaba', 'deshecho')
        WHEN 'ya_estaba' THEN NEW.estado IN ('registrado', 'deshecho')
        WHEN 'rechazado' THEN NEW.estado IN ('registrado', 'ya_estaba', 'resuelto')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

