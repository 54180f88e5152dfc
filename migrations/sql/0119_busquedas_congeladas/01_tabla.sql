-- What the shop answered to a search, for an entity: a document that nobody changes.
CREATE SEQUENCE comercio_busqueda_congelada_numero_seq START 1001;
GRANT USAGE ON SEQUENCE comercio_busqueda_congelada_numero_seq TO qhatu_aplicacion;

CREATE TABLE comercio_busqueda_congelada (
    id uuid NOT NULL,
    numero varchar(20) NOT NULL,
    entidad_id uuid NOT NULL,
    persona_id uuid NOT NULL,
    mandato_id uuid NOT NULL,
    producto_id uuid,
    para_que varchar(300) NOT NULL,
    documento text NOT NULL,
    huella varchar(64) NOT NULL,
    congelada_en timestamptz NOT NULL,
    CONSTRAINT pk_comercio_busqueda_congelada PRIMARY KEY (id),
    CONSTRAINT uq_comercio_busqueda_congelada_numero UNIQUE (numero),
    CONSTRAINT uq_comercio_busqueda_congelada_huella UNIQUE (huella),
    CONSTRAINT uq_comercio_busqueda_congelada_id_entidad_id UNIQUE (id, entidad_id),
    CONSTRAINT fk_comercio_busqueda_congelada_entidad_id FOREIGN KEY (entidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_comercio_busqueda_congelada_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_comercio_busqueda_congelada_mandato_id FOREIGN KEY (mandato_id) REFERENCES registro_mandato (id),
    CONSTRAINT fk_comercio_busqueda_congelada_producto_id FOREIGN KEY (producto_id) REFERENCES comercio_producto (id),
    CONSTRAINT ck_comercio_busqueda_congelada_huella CHECK (
        huella = encode(sha256(convert_to(documento, 'UTF8')), 'hex')),
    CONSTRAINT ck_comercio_busqueda_congelada_documento CHECK (length(documento) BETWEEN 2 AND 200000),
    CONSTRAINT ck_comercio_busqueda_congelada_para_que CHECK (para_que <> '')
);
CREATE INDEX ix_comercio_busqueda_congelada_entidad_id_id ON comercio_busqueda_congelada (entidad_id, id);

CREATE TRIGGER comercio_busqueda_congelada_inmutable BEFORE UPDATE OR DELETE ON comercio_busqueda_congelada
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
GRANT SELECT, INSERT ON comercio_busqueda_congelada TO qhatu_aplicacion;
