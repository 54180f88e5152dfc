-- What a shopper may wait for of a product on sale: its price fell, or it can be had again. One of a kind, a price and a day
-- of La Paz: an order that comes and goes is no news.
CREATE TABLE comercio_novedad (
    id uuid NOT NULL,
    producto_id uuid NOT NULL,
    que varchar(10) NOT NULL,
    precio bigint NOT NULL,
    dia date NOT NULL,
    ocurrio_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    emparejada_en timestamptz,
    CONSTRAINT pk_comercio_novedad PRIMARY KEY (id),
    CONSTRAINT fk_comercio_novedad_producto_id FOREIGN KEY (producto_id) REFERENCES comercio_producto (id),
    CONSTRAINT ck_comercio_novedad_que CHECK (que IN ('bajo', 'hay')),
    CONSTRAINT uq_comercio_novedad_producto_id_que_precio_dia UNIQUE (producto_id, que, precio, dia)
);
CREATE INDEX ix_comercio_novedad_ocurrio_en_id ON comercio_novedad (ocurrio_en, id) WHERE emparejada_en IS NULL;

CREATE FUNCTION comercio_producto_novedad() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO comercio_novedad (id, producto_id, que, precio, dia)
    SELECT gen_random_uuid(), NEW.id, que, NEW.precio, (nucleo_ahora() AT TIME ZONE 'America/La_Paz')::date
    FROM (VALUES ('bajo', NEW.precio < OLD.precio), ('hay', OLD.disponible <= 0 AND NEW.disponible > 0)) AS n (que, es)
    WHERE es
    ON CONFLICT ON CONSTRAINT uq_comercio_novedad_producto_id_que_precio_dia DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER comercio_producto_novedad AFTER UPDATE OF precio, disponible ON comercio_producto FOR EACH ROW
    WHEN (NEW.estado = 'publicado' AND (NEW.precio < OLD.precio OR OLD.disponible <= 0 AND NEW.disponible > 0))
    EXECUTE FUNCTION comercio_producto_novedad();

REVOKE ALL ON FUNCTION comercio_producto_novedad() FROM PUBLIC;
GRANT SELECT, UPDATE (emparejada_en) ON comercio_novedad TO qhatu_aplicacion;
