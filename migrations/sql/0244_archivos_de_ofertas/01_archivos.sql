-- What who bids brings besides the bid, encrypted: nobody here has its key before the opening.
CREATE TABLE feria_oferta_archivo (
    oferta_id UUID NOT NULL,
    numero SMALLINT NOT NULL,
    convocatoria_id UUID NOT NULL,
    unidad_id UUID NOT NULL,
    archivo_id UUID NOT NULL,
    subido_en TIMESTAMP WITH TIME ZONE DEFAULT nucleo_ahora() NOT NULL,
    subido_por VARCHAR(200) NOT NULL,
    CONSTRAINT pk_feria_oferta_archivo PRIMARY KEY (oferta_id, numero),
    CONSTRAINT fk_feria_oferta_archivo_pedido FOREIGN KEY (convocatoria_id, numero)
        REFERENCES feria_documento_pedido (convocatoria_id, numero),
    CONSTRAINT fk_feria_oferta_archivo_unidad_id_registro_unidad FOREIGN KEY (unidad_id)
        REFERENCES registro_unidad (id),
    CONSTRAINT fk_feria_oferta_archivo_archivo FOREIGN KEY (archivo_id, oferta_id)
        REFERENCES nucleo_archivo (id, duenio_id)
);
CREATE INDEX ix_feria_oferta_archivo_archivo_id ON feria_oferta_archivo (archivo_id);
CREATE INDEX ix_feria_oferta_archivo_convocatoria_id ON feria_oferta_archivo (convocatoria_id, unidad_id);
GRANT SELECT, INSERT, DELETE ON feria_oferta_archivo TO qhatu_aplicacion;

-- They come before their bid does and while bids are taken; once it is presented they are what it brought.
CREATE FUNCTION feria_oferta_archivo_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_fila feria_oferta_archivo;
BEGIN
    IF TG_OP = 'DELETE' THEN v_fila := OLD; ELSE v_fila := NEW; END IF;
    IF EXISTS (SELECT FROM feria_oferta WHERE id = v_fila.oferta_id) THEN
        RAISE EXCEPTION 'what a bid brought stays' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    PERFORM 1 FROM feria_convocatoria
    WHERE id = NEW.convocatoria_id AND estado = 'publicado' AND vence_en > nucleo_ahora();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no bids are taken now' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_oferta_archivo_guardia BEFORE INSERT OR DELETE ON feria_oferta_archivo
    FOR EACH ROW EXECUTE FUNCTION feria_oferta_archivo_guardia();

-- What the opening found of each: its key and digest as the bid said them, or why it cannot be read; then its
-- drawing, which is what is looked at.
CREATE TABLE feria_archivo_abierto (
    oferta_id UUID NOT NULL,
    numero SMALLINT NOT NULL,
    huella VARCHAR(64),
    clave BYTEA,
    leido_en TIMESTAMP WITH TIME ZONE,
    leido_id UUID,
    falla TEXT,
    CONSTRAINT pk_feria_archivo_abierto PRIMARY KEY (oferta_id, numero),
    CONSTRAINT fk_feria_archivo_abierto_oferta_archivo FOREIGN KEY (oferta_id, numero)
        REFERENCES feria_oferta_archivo (oferta_id, numero),
    CONSTRAINT fk_feria_archivo_abierto_leido FOREIGN KEY (leido_id, oferta_id)
        REFERENCES nucleo_archivo (id, duenio_id),
    CONSTRAINT ck_feria_archivo_abierto_huella CHECK (huella ~ '^[0-9a-f]{64}$'),
    CONSTRAINT ck_feria_archivo_abierto_clave CHECK (
        (clave IS NULL) = (huella IS NULL) AND octet_length(clave) = 32 AND (clave IS NOT NULL OR falla IS NOT NULL)),
    CONSTRAINT ck_feria_archivo_abierto_leido_en CHECK (
        (leido_en IS NULL) = (num_nonnulls(leido_id, falla) = 0) AND num_nonnulls(leido_id, falla) < 2)
);
CREATE INDEX ix_feria_archivo_abierto_leido_id ON feria_archivo_abierto (leido_id);
GRANT SELECT, INSERT, UPDATE (leido_en, leido_id, falla) ON feria_archivo_abierto TO qhatu_aplicacion;

CREATE FUNCTION feria_archivo_abierto_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM 1 FROM feria_convocatoria c JOIN feria_oferta o ON o.convocatoria_id = c.id
        WHERE o.id = NEW.oferta_id AND o.estado = 'vigente' AND c.estado = 'apertura'
            AND c.vence_en <= nucleo_ahora() AND feria_oferta_vale(o.id);
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the envelopes are closed' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR OLD.leido_en IS NOT NULL THEN
        RAISE EXCEPTION 'feria_archivo_abierto is append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_archivo_abierto_guardia BEFORE INSERT OR UPDATE OR DELETE ON feria_archivo_abierto
    FOR EACH ROW EXECUTE FUNCTION feria_archivo_abierto_guardia();

-- As 0181_actas_que_cuentan has it; and in each envelope there is room to name a file for each document asked for.
CREATE OR REPLACE FUNCTION feria_sobre_sellado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_oferta o WHERE o.id = NEW.oferta_id AND CASE
        WHEN EXISTS (SELECT FROM feria_llave l WHERE l.convocatoria_id = o.convocatoria_id)
        THEN o.cantidad_lineas IS NULL AND octet_length(NEW.contenido) = 48 + 1024 + 4864 * (
                SELECT count(*) FROM feria_item i WHERE i.convocatoria_id = o.convocatoria_id)
                + 256 * (SELECT count(*) FROM feria_documento_pedido p WHERE p.convocatoria_id = o.convocatoria_id)
            AND o.huella_sobre = encode(sha256(NEW.contenido), 'hex')
        ELSE o.cantidad_lineas IS NOT NULL END;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'an envelope is sealed to the key of its process' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
