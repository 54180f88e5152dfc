-- Service levels: a row an item that was received, computed again when its own row changes.
CREATE TABLE envios_nivel (
    envio_id UUID NOT NULL,
    version INTEGER NOT NULL,
    operador_unidad_id UUID NOT NULL,
    mes DATE NOT NULL,
    servicio TEXT,
    origen_ine TEXT,
    destino_ine TEXT NOT NULL,
    prometido_el DATE,
    admitido_en TIMESTAMPTZ NOT NULL,
    salida_en TIMESTAMPTZ,
    llegada_en TIMESTAMPTZ,
    reparto_en TIMESTAMPTZ,
    entregado_en TIMESTAMPTZ,
    primer_intento BOOLEAN,
    terminado BOOLEAN NOT NULL,
    calculado_en TIMESTAMPTZ DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_envios_nivel PRIMARY KEY (envio_id),
    CONSTRAINT fk_envios_nivel_envio_id FOREIGN KEY (envio_id) REFERENCES envios_envio (id),
    CONSTRAINT fk_envios_nivel_operador_unidad_id FOREIGN KEY (operador_unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_envios_nivel_origen_ine FOREIGN KEY (origen_ine) REFERENCES registro_municipio (ine),
    CONSTRAINT fk_envios_nivel_destino_ine FOREIGN KEY (destino_ine) REFERENCES registro_municipio (ine),
    CONSTRAINT ck_envios_nivel_mes CHECK (extract(day FROM mes) = 1)
);
CREATE INDEX ix_envios_nivel_mes ON envios_nivel (mes, operador_unidad_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON envios_nivel TO qhatu_aplicacion;
