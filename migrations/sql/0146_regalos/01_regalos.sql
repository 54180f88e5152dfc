-- For whom a purchase that is a gift is, if they have an account.
CREATE TABLE comercio_regalo_para (
    id uuid NOT NULL,
    compra_id uuid NOT NULL,
    parte_id uuid NOT NULL,
    dicho varchar(60) NOT NULL,
    nombrado_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    quitado_en timestamptz,
    CONSTRAINT pk_comercio_regalo_para PRIMARY KEY (id),
    CONSTRAINT fk_comercio_regalo_para_compra_id FOREIGN KEY (compra_id) REFERENCES comercio_compra (id),
    CONSTRAINT fk_comercio_regalo_para_parte_id FOREIGN KEY (parte_id) REFERENCES registro_parte (id),
    CONSTRAINT ck_comercio_regalo_para_dicho CHECK (dicho <> '')
);
CREATE UNIQUE INDEX uq_comercio_regalo_para_compra ON comercio_regalo_para (compra_id) WHERE quitado_en IS NULL;
CREATE INDEX ix_comercio_regalo_para_parte_id_id ON comercio_regalo_para (parte_id, id);
GRANT SELECT, INSERT, UPDATE (quitado_en) ON comercio_regalo_para TO qhatu_aplicacion;

CREATE TABLE comercio_regalo_recibido (
    pedido_id uuid NOT NULL,
    regalo_id uuid NOT NULL,
    recibido_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_regalo_recibido PRIMARY KEY (pedido_id),
    CONSTRAINT fk_comercio_regalo_recibido_pedido_id FOREIGN KEY (pedido_id) REFERENCES comercio_pedido (id),
    CONSTRAINT fk_comercio_regalo_recibido_regalo_id FOREIGN KEY (regalo_id) REFERENCES comercio_regalo_para (id)
);
CREATE INDEX ix_comercio_regalo_recibido_regalo_id ON comercio_regalo_recibido (regalo_id);
GRANT SELECT, INSERT ON comercio_regalo_recibido TO qhatu_aplicacion;

-- A gift is for somebody else, and of a purchase that was said to be one.
CREATE FUNCTION comercio_regalo_para_nace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM comercio_compra WHERE id = NEW.compra_id AND regalo
                   AND comprador_parte_id <> NEW.parte_id) THEN
        RAISE EXCEPTION 'un regalo es de una compra que lo es, y para otra persona' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_regalo_para_nace BEFORE INSERT ON comercio_regalo_para
    FOR EACH ROW EXECUTE FUNCTION comercio_regalo_para_nace();
CREATE TRIGGER comercio_regalo_para_inmutable BEFORE UPDATE OF id, compra_id, parte_id, dicho, nombrado_en
    ON comercio_regalo_para FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_regalo_para_sin_borrado BEFORE DELETE ON comercio_regalo_para
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_regalo_recibido_inmutable BEFORE UPDATE OR DELETE ON comercio_regalo_recibido
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
