-- Products that a person keeps, once each, with the price that each had then.
CREATE TABLE comercio_favorito (
    persona_id uuid NOT NULL,
    producto_id uuid NOT NULL,
    precio bigint NOT NULL,
    guardado_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_favorito PRIMARY KEY (persona_id, producto_id),
    CONSTRAINT fk_comercio_favorito_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_comercio_favorito_producto_id FOREIGN KEY (producto_id) REFERENCES comercio_producto (id),
    CONSTRAINT ck_comercio_favorito_precio CHECK (precio > 0)
);
CREATE INDEX ix_comercio_favorito_producto_id ON comercio_favorito (producto_id);
CREATE TRIGGER comercio_favorito_inmutable BEFORE UPDATE ON comercio_favorito
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
GRANT SELECT, INSERT, DELETE ON comercio_favorito TO qhatu_aplicacion;
