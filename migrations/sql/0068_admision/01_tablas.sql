-- A quote is held for one parcel: who announces another one asks for another one.
ALTER TABLE envios_envio
    ADD COLUMN cotizacion_id uuid,
    ADD CONSTRAINT fk_envios_envio_cotizacion_id_envios_cotizacion
        FOREIGN KEY (cotizacion_id) REFERENCES envios_cotizacion (id),
    ADD CONSTRAINT uq_envios_envio_cotizacion_id UNIQUE (cotizacion_id);

CREATE TABLE envios_admision (
    id uuid NOT NULL,
    envio_id uuid NOT NULL,
    vuelta integer NOT NULL,
    evento_id uuid NOT NULL,
    operador_unidad_id uuid NOT NULL,
    agencia_id uuid NOT NULL,
    clase text NOT NULL,
    admitido_por character varying(120) NOT NULL,
    admitido_en timestamp with time zone NOT NULL,
    declarado_g integer NOT NULL,
    peso_g integer NOT NULL,
    largo_cm integer,
    ancho_cm integer,
    alto_cm integer,
    cotizacion_id uuid,
    importe bigint NOT NULL,
    medio text NOT NULL,
    entrega_el date,
    CONSTRAINT pk_envios_admision PRIMARY KEY (id),
    CONSTRAINT uq_envios_admision_envio_id UNIQUE (envio_id, vuelta),
    CONSTRAINT uq_envios_admision_evento_id UNIQUE (evento_id),
    CONSTRAINT fk_envios_admision_envio_id_envios_envio FOREIGN KEY (envio_id) REFERENCES envios_envio (id),
    CONSTRAINT fk_envios_admision_evento_id_envios_evento FOREIGN KEY (evento_id) REFERENCES envios_evento (id),
    CONSTRAINT fk_envios_admision_agencia_id_envios_agencia
        FOREIGN KEY (agencia_id, operador_unidad_id) REFERENCES envios_agencia (id, operador_unidad_id),
    CONSTRAINT fk_envios_admision_cotizacion_id_envios_cotizacion
        FOREIGN KEY (cotizacion_id) REFERENCES envios_cotizacion (id),
    CONSTRAINT ck_envios_admision_clase CHECK (clase IN ('anunciado', 'mostrador', 'recojo')),
    CONSTRAINT ck_envios_admision_medio CHECK (medio IN ('efectivo', 'cuenta', 'ninguno')),
    CONSTRAINT ck_envios_admision_importe CHECK ((importe = 0) = (medio = 'ninguno') AND importe >= 0),
    CONSTRAINT ck_envios_admision_con_cotizacion CHECK (medio = 'ninguno' OR cotizacion_id IS NOT NULL),
    CONSTRAINT ck_envios_admision_peso
        CHECK (peso_g BETWEEN 1 AND 1000000 AND declarado_g BETWEEN 1 AND 1000000),
    CONSTRAINT ck_envios_admision_medidas CHECK (
        num_nulls(largo_cm, ancho_cm, alto_cm) IN (0, 3)
        AND largo_cm BETWEEN 1 AND 1000 AND ancho_cm BETWEEN 1 AND 1000 AND alto_cm BETWEEN 1 AND 1000
    )
);
CREATE INDEX ix_envios_admision_agencia ON envios_admision (agencia_id, admitido_en);
GRANT SELECT, INSERT ON envios_admision TO qhatu_aplicacion;

CREATE TABLE envios_recojo (
    id uuid NOT NULL,
    envio_id uuid NOT NULL,
    operador_unidad_id uuid NOT NULL,
    agencia_id uuid NOT NULL,
    direccion text NOT NULL,
    telefono text NOT NULL,
    dia date NOT NULL,
    franja text NOT NULL,
    vez integer NOT NULL,
    estado text NOT NULL,
    pedido_por character varying(120) NOT NULL,
    pedido_en timestamp with time zone NOT NULL,
    vence_en timestamp with time zone,
    terminado_en timestamp with time zone,
    CONSTRAINT pk_envios_recojo PRIMARY KEY (id),
    CONSTRAINT uq_envios_recojo_envio_id UNIQUE (envio_id),
    CONSTRAINT fk_envios_recojo_envio_id_envios_envio FOREIGN KEY (envio_id) REFERENCES envios_envio (id),
    CONSTRAINT fk_envios_recojo_agencia_id_envios_agencia
        FOREIGN KEY (agencia_id, operador_unidad_id) REFERENCES envios_agencia (id, operador_unidad_id),
    CONSTRAINT ck_envios_recojo_franja CHECK (franja IN ('manana', 'tarde')),
    CONSTRAINT ck_envios_recojo_vez CHECK (vez BETWEEN 1 AND 2),
    CONSTRAINT ck_envios_recojo_direccion CHECK (length(direccion) BETWEEN 3 AND 300),
    CONSTRAINT ck_envios_recojo_telefono CHECK (telefono ~ '^\+[1-9][0-9]{4,14}$'),
    CONSTRAINT ck_envios_recojo_fin CHECK (
        (estado IN ('pedido', 'no_hallado')) = (terminado_en IS NULL)
        AND (terminado_en IS NULL) = (vence_en IS NOT NULL)
    )
);
CREATE INDEX ix_envios_recojo_ronda ON envios_recojo (agencia_id, dia);
CREATE INDEX ix_envios_recojo_vence ON envios_recojo (vence_en) WHERE vence_en IS NOT NULL;
GRANT SELECT, INSERT, UPDATE ON envios_recojo TO qhatu_aplicacion;
