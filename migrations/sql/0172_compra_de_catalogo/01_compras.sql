-- What somebody of a public entity asks to buy of an offer that is held for it, and what another person decides. Its order
-- is comercio's.
CREATE TABLE feria_compra_de_catalogo (
    id UUID NOT NULL,
    numero VARCHAR(30) NOT NULL,
    unidad_id UUID NOT NULL,
    certificacion_id UUID NOT NULL,
    vendedor_id UUID NOT NULL,
    vendedor VARCHAR(200) NOT NULL,
    oferta_id UUID NOT NULL,
    busqueda_id UUID NOT NULL,
    producto_id UUID NOT NULL,
    titulo VARCHAR(330) NOT NULL,
    cantidad NUMERIC(14, 4) NOT NULL,
    unidad_medida VARCHAR(12) NOT NULL,
    precio BIGINT NOT NULL,
    importe BIGINT NOT NULL,
    porte BIGINT NOT NULL,
    total BIGINT NOT NULL,
    para_que VARCHAR(300) NOT NULL,
    forma VARCHAR(10),
    destinatario VARCHAR(120) NOT NULL,
    telefono VARCHAR(20) NOT NULL,
    municipio_ine VARCHAR(6) NOT NULL,
    referencia VARCHAR(300) NOT NULL,
    modalidad_id UUID NOT NULL,
    reglas JSONB NOT NULL,
    estado VARCHAR(10) NOT NULL,
    solicitada_en TIMESTAMPTZ NOT NULL,
    solicito VARCHAR(200) NOT NULL,
    solicito_id UUID NOT NULL,
    solicito_mandato_id UUID NOT NULL,
    vence_en TIMESTAMPTZ,
    decidida_en TIMESTAMPTZ,
    decidio VARCHAR(200),
    decidio_id UUID,
    decidio_mandato_id UUID,
    pedido_id UUID,
    ordenado BIGINT,
    recibida_en TIMESTAMPTZ,
    motivo VARCHAR(1000),
    terminada_en TIMESTAMPTZ,
    CONSTRAINT pk_feria_compra_de_catalogo PRIMARY KEY (id),
    CONSTRAINT uq_feria_compra_de_catalogo_numero UNIQUE (numero),
    CONSTRAINT uq_feria_compra_de_catalogo_pedido_id UNIQUE (pedido_id),
    CONSTRAINT fk_feria_compra_de_catalogo_certificacion_id_unidad_id
        FOREIGN KEY (certificacion_id, unidad_id) REFERENCES feria_certificacion (id, unidad_id),
    CONSTRAINT fk_feria_compra_de_catalogo_vendedor_id FOREIGN KEY (vendedor_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_feria_compra_de_catalogo_oferta_id
        FOREIGN KEY (oferta_id) REFERENCES comercio_oferta_sostenida (id),
    CONSTRAINT fk_feria_compra_de_catalogo_busqueda_id_unidad_id
        FOREIGN KEY (busqueda_id, unidad_id) REFERENCES comercio_busqueda_congelada (id, entidad_id),
    CONSTRAINT fk_feria_compra_de_catalogo_pedido_id FOREIGN KEY (pedido_id) REFERENCES comercio_pedido (id),
    CONSTRAINT fk_feria_compra_de_catalogo_modalidad_id FOREIGN KEY (modalidad_id) REFERENCES feria_modalidad (id),
    CONSTRAINT fk_feria_compra_de_catalogo_municipio_ine
        FOREIGN KEY (municipio_ine) REFERENCES registro_municipio (ine),
    CONSTRAINT fk_feria_compra_de_catalogo_solicito_id
        FOREIGN KEY (solicito_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_feria_compra_de_catalogo_solicito_mandato_id
        FOREIGN KEY (solicito_mandato_id) REFERENCES registro_mandato (id),
    CONSTRAINT fk_feria_compra_de_catalogo_decidio_id FOREIGN KEY (decidio_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_feria_compra_de_catalogo_decidio_mandato_id
        FOREIGN KEY (decidio_mandato_id) REFERENCES registro_mandato (id),
    CONSTRAINT ck_feria_compra_de_catalogo_ajena CHECK (unidad_id <> vendedor_id),
    CONSTRAINT ck_feria_compra_de_catalogo_importe
        CHECK (cantidad > 0 AND precio > 0 AND importe > 0 AND porte >= 0),
    CONSTRAINT ck_feria_compra_de_catalogo_total CHECK (total = importe + porte),
    CONSTRAINT ck_feria_compra_de_catalogo_vence_en CHECK ((estado = 'solicitada') = (vence_en IS NOT NULL)),
    CONSTRAINT ck_feria_compra_de_catalogo_decidio
        CHECK (num_nonnulls(decidida_en, decidio, decidio_id, decidio_mandato_id) IN (0, 4)),
    CONSTRAINT ck_feria_compra_de_catalogo_dos_personas CHECK (decidio_id <> solicito_id),
    CONSTRAINT ck_feria_compra_de_catalogo_ordenado
        CHECK ((pedido_id IS NULL) = (ordenado IS NULL) AND ordenado BETWEEN 1 AND total),
    CONSTRAINT ck_feria_compra_de_catalogo_de_su_estado CHECK (
        CASE WHEN estado IN ('ordenada', 'recibida', 'pagada') THEN decidida_en IS NOT NULL AND pedido_id IS NOT NULL
             WHEN estado = 'rechazada' THEN decidida_en IS NOT NULL AND pedido_id IS NULL
             WHEN estado = 'anulada' THEN (decidida_en IS NULL) = (pedido_id IS NULL)
             ELSE decidida_en IS NULL AND pedido_id IS NULL END),
    CONSTRAINT ck_feria_compra_de_catalogo_recibida_en CHECK (
        CASE WHEN estado IN ('recibida', 'pagada') THEN recibida_en IS NOT NULL
             ELSE recibida_en IS NULL OR estado = 'anulada' END),
    CONSTRAINT ck_feria_compra_de_catalogo_terminada_en
        CHECK ((terminada_en IS NULL) = (estado IN ('solicitada', 'ordenada', 'recibida'))),
    CONSTRAINT ck_feria_compra_de_catalogo_motivo
        CHECK ((motivo IS NOT NULL) = (estado IN ('rechazada', 'anulada')) AND char_length(motivo) >= 10)
);
CREATE UNIQUE INDEX uq_feria_compra_de_catalogo_oferta ON feria_compra_de_catalogo (oferta_id)
    WHERE estado NOT IN ('rechazada', 'vencida', 'anulada');
CREATE INDEX ix_feria_compra_de_catalogo_unidad_id_id ON feria_compra_de_catalogo (unidad_id, id);
CREATE INDEX ix_feria_compra_de_catalogo_certificacion_id ON feria_compra_de_catalogo (certificacion_id);
CREATE INDEX ix_feria_compra_de_catalogo_vence_en_id ON feria_compra_de_catalogo (vence_en, id)
    WHERE estado = 'solicitada';
CREATE INDEX ix_feria_compra_de_catalogo_recibida ON feria_compra_de_catalogo (id) WHERE estado = 'recibida';
CREATE INDEX ix_feria_compra_de_catalogo_publica ON feria_compra_de_catalogo (decidida_en, id)
    WHERE pedido_id IS NOT NULL;
GRANT SELECT, INSERT, UPDATE (estado, vence_en, decidida_en, decidio, decidio_id, decidio_mandato_id, pedido_id,
    ordenado, recibida_en, motivo, terminada_en) ON feria_compra_de_catalogo TO qhatu_aplicacion;

-- VIDA_COMPRA.sql()
ALTER TABLE feria_compra_de_catalogo DROP CONSTRAINT IF EXISTS ck_feria_compra_de_catalogo_estado,
    ADD CONSTRAINT ck_feria_compra_de_catalogo_estado CHECK (estado IN ('solicitada', 'ordenada', 'recibida', 'pagada', 'rechazada', 'vencida', 'anulada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON feria_compra_de_catalogo FOR EACH ROW
    WHEN (NEW.estado NOT IN ('solicitada')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON feria_compra_de_catalogo FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'solicitada' THEN NEW.estado IN ('ordenada', 'rechazada', 'vencida', 'anulada')
        WHEN 'ordenada' THEN NEW.estado IN ('recibida', 'anulada')
        WHEN 'recibida' THEN NEW.estado IN ('pagada', 'anulada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

-- What was asked stays, what was decided is written once, and only time ends what nobody decided.
CREATE FUNCTION feria_compra_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    de_su_vida CONSTANT text[] := ARRAY['estado', 'vence_en', 'decidida_en', 'decidio', 'decidio_id',
        'decidio_mandato_id', 'pedido_id', 'ordenado', 'recibida_en', 'motivo', 'terminada_en'];
BEGIN
    IF to_jsonb(NEW) - de_su_vida <> to_jsonb(OLD) - de_su_vida
        OR OLD.terminada_en IS NOT NULL
        OR OLD.decidida_en IS NOT NULL AND (NEW.decidida_en, NEW.decidio_id, NEW.pedido_id, NEW.ordenado)
            IS DISTINCT FROM (OLD.decidida_en, OLD.decidio_id, OLD.pedido_id, OLD.ordenado) THEN
        RAISE EXCEPTION 'what was asked and decided stays' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado = 'vencida' AND OLD.vence_en > nucleo_ahora()
        OR NEW.estado = 'ordenada' AND OLD.estado = 'solicitada' AND OLD.vence_en <= nucleo_ahora() THEN
        RAISE EXCEPTION 'a purchase is decided in its time, and lapses after it' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_compra_guarda BEFORE UPDATE ON feria_compra_de_catalogo
    FOR EACH ROW EXECUTE FUNCTION feria_compra_guarda();
CREATE TRIGGER feria_compra_inmutable BEFORE DELETE ON feria_compra_de_catalogo
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();
-- An entity orders from the catalogue only of a certificate that is in force.
CREATE FUNCTION feria_compra_certificada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM feria_certificacion WHERE id = NEW.certificacion_id AND estado = 'vigente' AND vence_en > nucleo_ahora();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a certificate that is not in force' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_compra_certificada BEFORE UPDATE OF pedido_id ON feria_compra_de_catalogo
    FOR EACH ROW WHEN (OLD.pedido_id IS NULL AND NEW.pedido_id IS NOT NULL)
    EXECUTE FUNCTION feria_compra_certificada();
