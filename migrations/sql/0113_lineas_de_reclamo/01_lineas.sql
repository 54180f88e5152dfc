-- Of which lines a claim is, and how much of each. One of before is of all that its order had.
ALTER TABLE comercio_reclamo ADD CONSTRAINT uq_comercio_reclamo_id_pedido_id UNIQUE (id, pedido_id);
CREATE TABLE comercio_reclamo_linea (
    reclamo_id uuid NOT NULL,
    linea_id uuid NOT NULL,
    pedido_id uuid NOT NULL,
    cantidad numeric(14, 4) NOT NULL,
    CONSTRAINT pk_comercio_reclamo_linea PRIMARY KEY (reclamo_id, linea_id),
    CONSTRAINT fk_comercio_reclamo_linea_reclamo_id FOREIGN KEY (reclamo_id, pedido_id)
        REFERENCES comercio_reclamo (id, pedido_id),
    CONSTRAINT fk_comercio_reclamo_linea_linea_id FOREIGN KEY (linea_id, pedido_id)
        REFERENCES comercio_pedido_linea (id, pedido_id),
    CONSTRAINT ck_comercio_reclamo_linea_cantidad CHECK (cantidad > 0)
);
CREATE INDEX ix_comercio_reclamo_linea_linea_id ON comercio_reclamo_linea (linea_id);
INSERT INTO comercio_reclamo_linea (reclamo_id, linea_id, pedido_id, cantidad)
SELECT r.id, l.id, l.pedido_id, l.cantidad
FROM comercio_reclamo r JOIN comercio_pedido_linea l ON l.pedido_id = r.pedido_id;
CREATE TRIGGER comercio_reclamo_linea_inmutable BEFORE UPDATE OR DELETE ON comercio_reclamo_linea
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
GRANT SELECT, INSERT ON comercio_reclamo_linea TO qhatu_aplicacion;

-- Nobody claims more of a line than they bought.
CREATE FUNCTION comercio_reclamo_linea_alcanza() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.cantidad > (SELECT cantidad FROM comercio_pedido_linea WHERE id = NEW.linea_id) THEN
        RAISE EXCEPTION 'de esa línea se reclama más de lo que se pidió'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_comercio_reclamo_linea_alcanza';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_reclamo_linea_alcanza BEFORE INSERT ON comercio_reclamo_linea
    FOR EACH ROW EXECUTE FUNCTION comercio_reclamo_linea_alcanza();

-- What a step shows: a picture or a PDF of its claim.
ALTER TABLE comercio_reclamo_paso
    ADD COLUMN archivo_id uuid,
    ADD CONSTRAINT fk_comercio_reclamo_paso_archivo FOREIGN KEY (archivo_id, reclamo_id)
        REFERENCES nucleo_archivo (id, duenio_id);
CREATE INDEX ix_comercio_reclamo_paso_archivo_id ON comercio_reclamo_paso (archivo_id);
