-- Who answered what an entity says that it paid outside, and when who sells is reminded that their silence answers.
ALTER TABLE comercio_compromiso
    ADD COLUMN recordar_en timestamptz,
    ADD COLUMN respondio varchar(200),
    ADD COLUMN respondio_id uuid,
    ADD COLUMN respondio_mandatos uuid[],
    ADD COLUMN respondio_en timestamptz,
    DROP CONSTRAINT ck_comercio_compromiso_dicho,
    ADD CONSTRAINT ck_comercio_compromiso_dicho CHECK (
        num_nonnulls(comprobante, comprobante_fecha, dicho_por, dicho_en) IN (0, 4)
        AND (dicho_en IS NOT NULL OR estado NOT IN ('dicho', 'recibido'))
        AND (dicho_en IS NULL OR estado IN ('dicho', 'recibido', 'adeudado', 'pagado'))
        AND (responder_hasta IS NOT NULL) = (estado = 'dicho') AND comprobante <> ''
        AND (recordar_en IS NULL OR estado = 'dicho')),
    ADD CONSTRAINT ck_comercio_compromiso_respondio CHECK (
        num_nonnulls(respondio, respondio_id, respondio_mandatos, respondio_en) IN (0, 4)
        AND (respondio_en IS NULL OR dicho_en IS NOT NULL AND estado IN ('recibido', 'adeudado', 'pagado')));
GRANT UPDATE (recordar_en, respondio, respondio_id, respondio_mandatos, respondio_en) ON comercio_compromiso
    TO qhatu_aplicacion;
CREATE INDEX ix_comercio_compromiso_recordar_en_pedido_id ON comercio_compromiso (recordar_en, pedido_id)
    WHERE recordar_en IS NOT NULL;

-- Each thing that was said, in order: nobody writes it but the trigger of what it is said of.
CREATE TABLE comercio_pago_dicho (
    pedido_id uuid NOT NULL,
    numero smallint NOT NULL,
    que varchar(10) NOT NULL,
    comprobante varchar(40) NOT NULL,
    fecha date NOT NULL,
    quien varchar(200) NOT NULL,
    ocurrio_en timestamptz NOT NULL,
    CONSTRAINT pk_comercio_pago_dicho PRIMARY KEY (pedido_id, numero),
    CONSTRAINT fk_comercio_pago_dicho_pedido_id FOREIGN KEY (pedido_id) REFERENCES comercio_compromiso (pedido_id),
    CONSTRAINT ck_comercio_pago_dicho_que CHECK (que IN ('pago', 'correccion', 'llego', 'no_llego', 'silencio')),
    CONSTRAINT ck_comercio_pago_dicho_quien CHECK (numero > 0 AND (quien = '') = (que = 'silencio'))
);
GRANT SELECT ON comercio_pago_dicho TO qhatu_aplicacion;
CREATE TRIGGER comercio_pago_dicho_inmutable BEFORE UPDATE OR DELETE ON comercio_pago_dicho
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
INSERT INTO comercio_pago_dicho (pedido_id, numero, que, comprobante, fecha, quien, ocurrio_en)
SELECT pedido_id, 1, 'pago', comprobante, comprobante_fecha, dicho_por, dicho_en FROM comercio_compromiso
WHERE dicho_en IS NOT NULL;
