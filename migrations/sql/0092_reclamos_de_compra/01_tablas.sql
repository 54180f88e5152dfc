-- Claims of who bought: they hold the money of the order until they end.
CREATE TABLE comercio_reclamo (
    id uuid NOT NULL,
    pedido_id uuid NOT NULL,
    motivo varchar(20) NOT NULL,
    estado varchar(12) NOT NULL,
    pedido_monto bigint NOT NULL,
    ofrecido bigint,
    resuelto bigint,
    devuelto bigint NOT NULL,
    abierto_en timestamptz NOT NULL,
    vence_en timestamptz,
    terminado_en timestamptz,
    version integer NOT NULL,
    CONSTRAINT pk_comercio_reclamo PRIMARY KEY (id),
    CONSTRAINT fk_comercio_reclamo_pedido_id FOREIGN KEY (pedido_id) REFERENCES comercio_pedido (id),
    CONSTRAINT ck_comercio_reclamo_motivo CHECK (
        motivo IN ('no_recibido', 'no_es_lo_descrito', 'danado', 'servicio_no_hecho')),
    CONSTRAINT ck_comercio_reclamo_montos CHECK (
        pedido_monto > 0 AND ofrecido > 0 AND resuelto >= 0 AND devuelto >= 0),
    CONSTRAINT ck_comercio_reclamo_devuelto CHECK (devuelto <= coalesce(resuelto, 0)),
    CONSTRAINT ck_comercio_reclamo_ofrecido CHECK (estado <> 'ofrecido' OR ofrecido IS NOT NULL),
    CONSTRAINT ck_comercio_reclamo_fin CHECK (
        (terminado_en IS NOT NULL) = (estado IN ('devuelto', 'cerrado', 'retirado', 'sin_objeto'))),
    CONSTRAINT ck_comercio_reclamo_reloj CHECK (
        (vence_en IS NULL) = (estado IN ('devuelto', 'cerrado', 'retirado', 'sin_objeto')))
);
CREATE UNIQUE INDEX uq_comercio_reclamo_abierto ON comercio_reclamo (pedido_id)
    WHERE estado NOT IN ('devuelto', 'cerrado', 'retirado', 'sin_objeto');
CREATE INDEX ix_comercio_reclamo_pedido_id_abierto_en ON comercio_reclamo (pedido_id, abierto_en);
CREATE INDEX ix_comercio_reclamo_vence_en_id ON comercio_reclamo (vence_en, id) WHERE vence_en IS NOT NULL;

CREATE TABLE comercio_reclamo_paso (
    id uuid NOT NULL,
    reclamo_id uuid NOT NULL,
    numero integer NOT NULL,
    lado varchar(10) NOT NULL,
    texto varchar(1000) NOT NULL,
    monto bigint,
    actor varchar(200) NOT NULL,
    ocurrio_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_reclamo_paso PRIMARY KEY (id),
    CONSTRAINT uq_comercio_reclamo_paso_reclamo_id_numero UNIQUE (reclamo_id, numero),
    CONSTRAINT fk_comercio_reclamo_paso_reclamo_id FOREIGN KEY (reclamo_id) REFERENCES comercio_reclamo (id),
    CONSTRAINT ck_comercio_reclamo_paso_lado CHECK (lado IN ('comprador', 'vendedor', 'mediador', 'plazo')),
    CONSTRAINT ck_comercio_reclamo_paso_monto CHECK (monto >= 0)
);

CREATE TRIGGER comercio_reclamo_paso_inmutable BEFORE UPDATE OR DELETE ON comercio_reclamo_paso
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_reclamo_inmutable BEFORE UPDATE OF id, pedido_id, motivo, pedido_monto, abierto_en
    ON comercio_reclamo FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_reclamo_sin_borrado BEFORE DELETE ON comercio_reclamo
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();

-- A claim holds the money from its first act, and nothing lets it go while one is open.
CREATE FUNCTION comercio_reclamo_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM comercio_custodia WHERE pedido_id = NEW.pedido_id AND estado = 'congelada') THEN
        RAISE EXCEPTION 'un reclamo detiene el dinero de su pedido' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_reclamo_guarda BEFORE INSERT ON comercio_reclamo
    FOR EACH ROW EXECUTE FUNCTION comercio_reclamo_guarda();
CREATE FUNCTION comercio_custodia_en_disputa() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM comercio_reclamo WHERE pedido_id = NEW.pedido_id AND vence_en IS NOT NULL) THEN
        RAISE EXCEPTION 'hay un reclamo abierto: el dinero espera' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_custodia_en_disputa BEFORE UPDATE OF estado ON comercio_custodia FOR EACH ROW
    WHEN (OLD.estado = 'congelada' AND NEW.estado IN ('retenida', 'por_liberar'))
    EXECUTE FUNCTION comercio_custodia_en_disputa();

GRANT SELECT, INSERT, UPDATE (estado, ofrecido, resuelto, devuelto, vence_en, terminado_en, version)
    ON comercio_reclamo TO qhatu_aplicacion;
GRANT SELECT, INSERT ON comercio_reclamo_paso TO qhatu_aplicacion;

INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-000000009001', 'comercio.responder_reclamo', 'Responder un reclamo de compra: quien vende',
     3, 'dias_habiles', 'dia_habil_siguiente', true, 'positivo', 'Regla de la plataforma',
     'Sin respuesta se devuelve lo que se pidió.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000009002', 'comercio.decidirse',
     'Aceptar lo que ofrece quien vende, o llevarlo a la autoridad: quien compró', 5, 'dias_habiles',
     'dia_habil_siguiente', true, NULL, 'Regla de la plataforma',
     'Sin respuesta se devuelve lo ofrecido; si no se ofreció nada, el reclamo termina.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000009003', 'comercio.mediar', 'Decidir un reclamo de compra: la autoridad', 10,
     'dias_habiles', 'dia_habil_siguiente', true, 'positivo', 'Regla de la plataforma',
     'Sin decisión se devuelve lo que se pidió.', false, '2017-01-01');
