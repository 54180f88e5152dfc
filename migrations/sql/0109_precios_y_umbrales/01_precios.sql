-- What each variant costs since when, whoever changes it.
CREATE TABLE comercio_precio_de_variante (
    id bigint GENERATED ALWAYS AS IDENTITY,
    variante_id uuid NOT NULL,
    precio bigint NOT NULL,
    desde timestamptz NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_comercio_precio_de_variante PRIMARY KEY (id),
    CONSTRAINT fk_comercio_precio_de_variante_variante_id FOREIGN KEY (variante_id)
        REFERENCES comercio_variante (id),
    CONSTRAINT ck_comercio_precio_de_variante_precio CHECK (precio > 0)
);
CREATE INDEX ix_comercio_precio_de_variante_variante_id_id ON comercio_precio_de_variante (variante_id, id);
GRANT SELECT ON comercio_precio_de_variante TO qhatu_aplicacion;

INSERT INTO comercio_precio_de_variante (variante_id, precio, desde)
SELECT id, precio, nucleo_ahora() FROM comercio_variante ORDER BY id;

CREATE FUNCTION comercio_precio_anotar() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO comercio_precio_de_variante (variante_id, precio, desde) VALUES (NEW.id, NEW.precio, nucleo_ahora());
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION comercio_precio_anotar() FROM PUBLIC;
CREATE TRIGGER comercio_precio_nace AFTER INSERT ON comercio_variante FOR EACH ROW
    EXECUTE FUNCTION comercio_precio_anotar();
CREATE TRIGGER comercio_precio_cambia AFTER UPDATE OF precio ON comercio_variante FOR EACH ROW
    WHEN (OLD.precio <> NEW.precio) EXECUTE FUNCTION comercio_precio_anotar();
