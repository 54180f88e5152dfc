-- So much of a variant at a price, held by its seller for a public entity.
CREATE TABLE comercio_oferta_sostenida (
    id uuid NOT NULL,
    entidad_id uuid NOT NULL,
    entidad varchar(200) NOT NULL,
    vendedor_id uuid NOT NULL,
    producto_id uuid NOT NULL,
    variante_id uuid NOT NULL,
    existencia_id uuid,
    busqueda_id uuid,
    titulo varchar(330) NOT NULL,
    sku varchar(40) NOT NULL,
    unidad_medida varchar(12) NOT NULL,
    cantidad numeric(14, 4) NOT NULL,
    precio bigint NOT NULL,
    importe bigint NOT NULL,
    dias smallint NOT NULL,
    estado varchar(10) NOT NULL,
    persona_id uuid NOT NULL,
    mandato_id uuid NOT NULL,
    pedida_en timestamptz NOT NULL,
    vence_en timestamptz,
    sostenida_en timestamptz,
    respondio varchar(200) NOT NULL,
    motivo varchar(300) NOT NULL,
    orden_id uuid,
    terminada_en timestamptz,
    CONSTRAINT pk_comercio_oferta_sostenida PRIMARY KEY (id),
    CONSTRAINT fk_comercio_oferta_sostenida_entidad_id FOREIGN KEY (entidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_comercio_oferta_sostenida_producto_id_vendedor_id FOREIGN KEY (producto_id, vendedor_id)
        REFERENCES comercio_producto (id, vendedor_id),
    CONSTRAINT fk_comercio_oferta_sostenida_variante_id_producto_id FOREIGN KEY (variante_id, producto_id)
        REFERENCES comercio_variante (id, producto_id),
    CONSTRAINT fk_comercio_oferta_sostenida_existencia_id_variante_id FOREIGN KEY (existencia_id, variante_id)
        REFERENCES comercio_existencia (id, variante_id),
    CONSTRAINT fk_comercio_oferta_sostenida_busqueda_id_entidad_id FOREIGN KEY (busqueda_id, entidad_id)
        REFERENCES comercio_busqueda_congelada (id, entidad_id),
    CONSTRAINT fk_comercio_oferta_sostenida_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_comercio_oferta_sostenida_mandato_id FOREIGN KEY (mandato_id) REFERENCES registro_mandato (id),
    CONSTRAINT ck_comercio_oferta_sostenida_ajena CHECK (entidad_id <> vendedor_id),
    CONSTRAINT ck_comercio_oferta_sostenida_importe CHECK (
        importe = round(precio * cantidad) AND importe > 0 AND precio > 0 AND cantidad > 0),
    CONSTRAINT ck_comercio_oferta_sostenida_en_su_medida CHECK (
        (cantidad = trunc(cantidad)
         OR unidad_medida IN ('kg', 'g', 'arroba', 'quintal', 'litro', 'metro', 'm2', 'hora'))),
    CONSTRAINT ck_comercio_oferta_sostenida_dias CHECK (dias BETWEEN 1 AND 60),
    CONSTRAINT ck_comercio_oferta_sostenida_reloj CHECK (
        (vence_en IS NOT NULL) = (estado IN ('pedida', 'sostenida'))),
    CONSTRAINT ck_comercio_oferta_sostenida_sostenida CHECK (
        (sostenida_en IS NOT NULL) = (existencia_id IS NOT NULL)),
    CONSTRAINT ck_comercio_oferta_sostenida_de_su_estado CHECK (
        CASE WHEN estado IN ('sostenida', 'usada', 'cumplida', 'liberada') THEN sostenida_en IS NOT NULL
        WHEN estado IN ('pedida', 'rechazada') THEN sostenida_en IS NULL ELSE true END),
    CONSTRAINT ck_comercio_oferta_sostenida_orden CHECK (
        (orden_id IS NOT NULL) = (estado IN ('usada', 'cumplida', 'liberada'))),
    CONSTRAINT ck_comercio_oferta_sostenida_terminada CHECK (
        (terminada_en IS NULL) = (estado IN ('pedida', 'sostenida', 'usada'))),
    CONSTRAINT ck_comercio_oferta_sostenida_motivo CHECK ((motivo <> '') = (estado = 'rechazada'))
);
CREATE UNIQUE INDEX uq_comercio_oferta_sostenida_viva ON comercio_oferta_sostenida (entidad_id, variante_id)
    WHERE estado IN ('pedida', 'sostenida');
CREATE INDEX ix_comercio_oferta_sostenida_entidad_id_id ON comercio_oferta_sostenida (entidad_id, id);
CREATE INDEX ix_comercio_oferta_sostenida_vendedor_id_id ON comercio_oferta_sostenida (vendedor_id, id);
CREATE INDEX ix_comercio_oferta_sostenida_vence_en_id ON comercio_oferta_sostenida (vence_en, id)
    WHERE vence_en IS NOT NULL;
CREATE INDEX ix_comercio_oferta_sostenida_existencia_id ON comercio_oferta_sostenida (existencia_id)
    WHERE estado IN ('sostenida', 'usada');

CREATE TABLE comercio_consentimiento_de_oferta (
    vendedor_id uuid NOT NULL,
    dias smallint NOT NULL,
    importe_maximo bigint NOT NULL,
    otorgo varchar(200) NOT NULL,
    CONSTRAINT pk_comercio_consentimiento_de_oferta PRIMARY KEY (vendedor_id),
    CONSTRAINT fk_comercio_consentimiento_de_oferta_vendedor_id FOREIGN KEY (vendedor_id)
        REFERENCES registro_unidad (id),
    CONSTRAINT ck_comercio_consentimiento_de_oferta_dias CHECK (dias BETWEEN 1 AND 60),
    CONSTRAINT ck_comercio_consentimiento_de_oferta_importe_maximo CHECK (
        importe_maximo BETWEEN 1 AND 100000000000)
);

-- What was asked for, at which price, by whom, is not rewritten; nor who held it, nor for which order, nor an end.
CREATE TRIGGER comercio_oferta_sostenida_inmutable
    BEFORE UPDATE OF id, entidad_id, entidad, vendedor_id, producto_id, variante_id, busqueda_id, titulo, sku,
        unidad_medida, cantidad, precio, importe, dias, persona_id, mandato_id, pedida_en
    ON comercio_oferta_sostenida FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_oferta_sostenida_una_vez BEFORE UPDATE ON comercio_oferta_sostenida FOR EACH ROW
    WHEN (OLD.terminada_en IS NOT NULL OR OLD.existencia_id <> NEW.existencia_id OR OLD.orden_id <> NEW.orden_id)
    EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_oferta_sostenida_sin_borrado BEFORE DELETE ON comercio_oferta_sostenida
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();

GRANT SELECT, INSERT, UPDATE (estado, existencia_id, vence_en, sostenida_en, respondio, motivo, orden_id,
    terminada_en) ON comercio_oferta_sostenida TO qhatu_aplicacion;
GRANT SELECT, INSERT, UPDATE (dias, importe_maximo, otorgo), DELETE ON comercio_consentimiento_de_oferta
    TO qhatu_aplicacion;

INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-000000012001', 'comercio.responder_oferta',
     'Responder si se sostiene un precio a una entidad: quien vende', 3, 'dias_habiles', 'dia_habil_siguiente', true,
     NULL, 'Regla de la plataforma', 'Sin respuesta no se sostiene.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000012002', 'comercio.sostener_oferta',
     'Sostener precio y cantidad a una entidad, lo más largo', 15, 'dias_calendario', 'dia_siguiente', false,
     NULL, 'Regla de la plataforma', 'Terminado, lo apartado vuelve a la venta.', false, '2017-01-01');

-- Printed by the declaration (estados.py).
ALTER TABLE comercio_oferta_sostenida DROP CONSTRAINT IF EXISTS ck_comercio_oferta_sostenida_estado,
    ADD CONSTRAINT ck_comercio_oferta_sostenida_estado CHECK (estado IN ('pedida', 'sostenida', 'usada', 'cumplida', 'rechazada', 'retirada', 'vencida', 'liberada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON comercio_oferta_sostenida FOR EACH ROW
    WHEN (NEW.estado NOT IN ('pedida')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON comercio_oferta_sostenida FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'pedida' THEN NEW.estado IN ('sostenida', 'rechazada', 'retirada', 'vencida')
        WHEN 'sostenida' THEN NEW.estado IN ('usada', 'retirada', 'vencida')
        WHEN 'usada' THEN NEW.estado IN ('cumplida', 'liberada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

