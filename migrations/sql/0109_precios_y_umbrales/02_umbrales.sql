-- From how little on a seller wants to be told, by variant; told once until there is more again.
CREATE TABLE comercio_umbral_de_existencia (
    variante_id uuid NOT NULL,
    umbral numeric(14, 4) NOT NULL,
    avisado_en timestamptz,
    CONSTRAINT pk_comercio_umbral_de_existencia PRIMARY KEY (variante_id),
    CONSTRAINT fk_comercio_umbral_de_existencia_variante_id FOREIGN KEY (variante_id)
        REFERENCES comercio_variante (id),
    CONSTRAINT ck_comercio_umbral_de_existencia_umbral CHECK (umbral BETWEEN 0 AND 1000000)
);
GRANT SELECT, INSERT, UPDATE (umbral, avisado_en), DELETE ON comercio_umbral_de_existencia TO qhatu_aplicacion;
