-- What claims gave back, by line: together with what was cancelled of it, never more than the line cost.
CREATE TABLE comercio_pedido_devolucion (
    causa uuid NOT NULL,
    linea_id uuid NOT NULL,
    pedido_id uuid NOT NULL,
    importe bigint NOT NULL,
    ocurrio_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_pedido_devolucion PRIMARY KEY (causa, linea_id),
    CONSTRAINT fk_comercio_pedido_devolucion_linea_id FOREIGN KEY (linea_id, pedido_id)
        REFERENCES comercio_pedido_linea (id, pedido_id),
    CONSTRAINT ck_comercio_pedido_devolucion_importe CHECK (importe > 0)
);
CREATE INDEX ix_comercio_pedido_devolucion_pedido_id ON comercio_pedido_devolucion (pedido_id);
CREATE INDEX ix_comercio_pedido_devolucion_linea_id ON comercio_pedido_devolucion (linea_id);

-- Of before: of the claimed lines first, and where they do not reach, of the others of the order, whose money it was.
DO $$
DECLARE
    r record;
    l record;
    resto bigint;
BEGIN
    FOR r IN SELECT id, pedido_id, devuelto, terminado_en FROM comercio_reclamo WHERE devuelto > 0
             ORDER BY abierto_en, id LOOP
        resto := r.devuelto;
        FOR l IN
            SELECT x.id, x.importe
                - (SELECT coalesce(sum(c.importe), 0) FROM comercio_pedido_cancelacion c WHERE c.linea_id = x.id)
                - (SELECT coalesce(sum(d.importe), 0) FROM comercio_pedido_devolucion d WHERE d.linea_id = x.id)
                AS queda
            FROM comercio_pedido_linea x
            LEFT JOIN comercio_reclamo_linea s ON s.reclamo_id = r.id AND s.linea_id = x.id
            WHERE x.pedido_id = r.pedido_id ORDER BY s.linea_id IS NULL, x.id
        LOOP
            IF least(resto, l.queda) > 0 THEN
                INSERT INTO comercio_pedido_devolucion (causa, linea_id, pedido_id, importe, ocurrio_en)
                VALUES (r.id, l.id, r.pedido_id, least(resto, l.queda), r.terminado_en);
                resto := resto - least(resto, l.queda);
            END IF;
        END LOOP;
    END LOOP;
END $$;

CREATE TRIGGER comercio_pedido_devolucion_inmutable BEFORE UPDATE OR DELETE ON comercio_pedido_devolucion
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();

-- The order's row is held, so that two at once are judged one after the other.
CREATE FUNCTION comercio_linea_costo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM comercio_pedido WHERE id = NEW.pedido_id FOR NO KEY UPDATE;
    IF (SELECT l.importe FROM comercio_pedido_linea l WHERE l.id = NEW.linea_id)
       < (SELECT coalesce(sum(c.importe), 0) FROM comercio_pedido_cancelacion c WHERE c.linea_id = NEW.linea_id)
       + (SELECT coalesce(sum(d.importe), 0) FROM comercio_pedido_devolucion d WHERE d.linea_id = NEW.linea_id) THEN
        RAISE EXCEPTION 'de esa línea se devuelve más de lo que costó'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_comercio_linea_costo';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER comercio_linea_costo AFTER INSERT ON comercio_pedido_cancelacion
    FOR EACH ROW EXECUTE FUNCTION comercio_linea_costo();
CREATE TRIGGER comercio_linea_costo AFTER INSERT ON comercio_pedido_devolucion
    FOR EACH ROW EXECUTE FUNCTION comercio_linea_costo();

GRANT SELECT, INSERT ON comercio_pedido_devolucion TO qhatu_aplicacion;
