-- What is asked about a product before buying, and answered once, for everybody.
CREATE TABLE comercio_pregunta (
    id uuid NOT NULL,
    producto_id uuid NOT NULL,
    vendedor_id uuid NOT NULL,
    persona_id uuid NOT NULL,
    texto varchar(500) NOT NULL,
    estado varchar(10) NOT NULL,
    hecha_en timestamptz NOT NULL,
    vence_en timestamptz NOT NULL,
    terminada_en timestamptz,
    CONSTRAINT pk_comercio_pregunta PRIMARY KEY (id),
    CONSTRAINT fk_comercio_pregunta_producto_id FOREIGN KEY (producto_id) REFERENCES comercio_producto (id),
    CONSTRAINT fk_comercio_pregunta_vendedor_id FOREIGN KEY (vendedor_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_comercio_pregunta_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT ck_comercio_pregunta_fin CHECK ((terminada_en IS NULL) = (estado = 'abierta')),
    CONSTRAINT ck_comercio_pregunta_plazo CHECK (vence_en > hecha_en)
);
CREATE INDEX ix_comercio_pregunta_producto_id_id ON comercio_pregunta (producto_id, id);
CREATE INDEX ix_comercio_pregunta_vendedor_id_id ON comercio_pregunta (vendedor_id, id);
CREATE INDEX ix_comercio_pregunta_persona_id_id ON comercio_pregunta (persona_id, id);
CREATE INDEX ix_comercio_pregunta_vence_en_id ON comercio_pregunta (vence_en, id) WHERE estado = 'abierta';

CREATE TABLE comercio_pregunta_respuesta (
    pregunta_id uuid NOT NULL,
    texto varchar(1000) NOT NULL,
    actor varchar(200) NOT NULL,
    ocurrio_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_pregunta_respuesta PRIMARY KEY (pregunta_id),
    CONSTRAINT fk_comercio_pregunta_respuesta_pregunta_id FOREIGN KEY (pregunta_id) REFERENCES comercio_pregunta (id)
);

CREATE TRIGGER comercio_pregunta_inmutable BEFORE UPDATE OF id, producto_id, vendedor_id, persona_id, texto, hecha_en,
    vence_en ON comercio_pregunta FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_pregunta_sin_borrado BEFORE DELETE ON comercio_pregunta
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_pregunta_respuesta_inmutable BEFORE UPDATE OR DELETE ON comercio_pregunta_respuesta
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();

-- Of who sells it, by somebody who does not sell for them.
CREATE FUNCTION comercio_pregunta_nace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM comercio_producto WHERE id = NEW.producto_id AND vendedor_id = NEW.vendedor_id) THEN
        RAISE EXCEPTION 'se pregunta a quien vende el producto' USING ERRCODE = 'check_violation';
    END IF;
    IF registro_vende(NEW.persona_id, NEW.vendedor_id) THEN
        RAISE EXCEPTION 'quien pregunta no puede vender por quien vende' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_pregunta_nace BEFORE INSERT ON comercio_pregunta
    FOR EACH ROW EXECUTE FUNCTION comercio_pregunta_nace();

-- Answered is what has an answer, and in its time.
CREATE FUNCTION comercio_pregunta_respondida() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM comercio_pregunta_respuesta WHERE pregunta_id = NEW.id) THEN
        RAISE EXCEPTION 'una pregunta respondida tiene su respuesta' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_pregunta_respondida BEFORE UPDATE OF estado ON comercio_pregunta FOR EACH ROW
    WHEN (NEW.estado = 'respondida') EXECUTE FUNCTION comercio_pregunta_respondida();

GRANT SELECT, INSERT, UPDATE (estado, terminada_en) ON comercio_pregunta TO qhatu_aplicacion;
GRANT SELECT, INSERT ON comercio_pregunta_respuesta TO qhatu_aplicacion;

INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-00000000f301', 'comercio.responder_pregunta',
     'Responder lo que se pregunta de un producto: quien vende', 7, 'dias_calendario', 'dia_siguiente', false, NULL,
     'Regla de la plataforma', 'Sin respuesta la pregunta se cierra, y no se publica.', false, '2017-01-01');
