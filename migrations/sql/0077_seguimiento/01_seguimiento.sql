-- The day that was promised, kept for who follows an item; numbers that the systems of units follow.
CREATE TABLE envios_promesa (
    envio_id uuid NOT NULL,
    admitido_en timestamptz NOT NULL,
    servicio varchar(20),
    entrega_el date,
    CONSTRAINT pk_envios_promesa PRIMARY KEY (envio_id),
    CONSTRAINT fk_envios_promesa_envio_id FOREIGN KEY (envio_id) REFERENCES envios_envio (id)
);
GRANT SELECT, INSERT, UPDATE ON envios_promesa TO qhatu_aplicacion;

CREATE TABLE envios_rastreador (
    id uuid NOT NULL,
    unidad_id uuid NOT NULL,
    numero varchar(40) NOT NULL,
    emisor_unidad_id uuid,
    envio_id uuid,
    estado text NOT NULL,
    visto_version integer,
    visto_evento_id uuid,
    visto_estado varchar(20) NOT NULL,
    caduca_en timestamptz NOT NULL,
    terminado_en timestamptz,
    creado_por varchar(120) NOT NULL,
    creado_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_envios_rastreador PRIMARY KEY (id),
    CONSTRAINT fk_envios_rastreador_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_envios_rastreador_emisor_unidad_id
        FOREIGN KEY (emisor_unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_envios_rastreador_envio_id FOREIGN KEY (envio_id) REFERENCES envios_envio (id),
    CONSTRAINT ck_envios_rastreador_espera CHECK (estado <> 'esperando' OR envio_id IS NULL),
    CONSTRAINT ck_envios_rastreador_sigue CHECK (estado <> 'siguiendo' OR envio_id IS NOT NULL),
    CONSTRAINT ck_envios_rastreador_termino CHECK ((estado = 'terminado') = (terminado_en IS NOT NULL))
);
CREATE INDEX ix_envios_rastreador_unidad ON envios_rastreador (unidad_id, creado_en, id);
CREATE INDEX ix_envios_rastreador_espera ON envios_rastreador (numero) WHERE estado = 'esperando';
CREATE INDEX ix_envios_rastreador_sigue ON envios_rastreador (envio_id) WHERE estado = 'siguiendo';
CREATE INDEX ix_envios_rastreador_caduca ON envios_rastreador (caduca_en) WHERE estado <> 'terminado';
CREATE UNIQUE INDEX uq_envios_rastreador_vivo
    ON envios_rastreador (unidad_id, numero, COALESCE(emisor_unidad_id, unidad_id)) WHERE estado <> 'terminado';
GRANT SELECT, INSERT, UPDATE ON envios_rastreador TO qhatu_aplicacion;

ALTER TABLE envios_rastreador DROP CONSTRAINT IF EXISTS ck_envios_rastreador_estado,
    ADD CONSTRAINT ck_envios_rastreador_estado CHECK (estado IN ('esperando', 'siguiendo', 'terminado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_rastreador FOR EACH ROW
    WHEN (NEW.estado NOT IN ('esperando')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_rastreador FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'esperando' THEN NEW.estado IN ('siguiendo', 'terminado')
        WHEN 'siguiendo' THEN NEW.estado IN ('terminado')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

