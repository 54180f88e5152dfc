-- Who pays for getting it there: included in the price (what there was), or who buys, by the rate of who carries it or
-- so much for each municipality; from an amount on, nobody but the seller.
ALTER TABLE comercio_forma_de_entrega ADD COLUMN cobra boolean NOT NULL DEFAULT false, ADD COLUMN gratis_desde bigint;
ALTER TABLE comercio_forma_de_entrega
    ALTER COLUMN cobra DROP DEFAULT,
    ADD CONSTRAINT ck_comercio_forma_de_entrega_cobra CHECK (forma <> 'retiro' OR NOT cobra),
    ADD CONSTRAINT ck_comercio_forma_de_entrega_gratis_desde CHECK (gratis_desde IS NULL OR gratis_desde > 0 AND cobra);
GRANT UPDATE (cobra, gratis_desde) ON comercio_forma_de_entrega TO qhatu_aplicacion;

-- Where the seller takes it themselves, and for how much; without any, their own municipality, for nothing.
CREATE TABLE comercio_zona_de_reparto (
    lugar_id uuid NOT NULL,
    municipio_ine varchar(6) NOT NULL,
    monto bigint NOT NULL,
    CONSTRAINT pk_comercio_zona_de_reparto PRIMARY KEY (lugar_id, municipio_ine),
    CONSTRAINT fk_comercio_zona_de_reparto_lugar_id FOREIGN KEY (lugar_id) REFERENCES comercio_lugar_de_despacho (id),
    CONSTRAINT ck_comercio_zona_de_reparto_monto CHECK (monto >= 0)
);
GRANT SELECT, INSERT, DELETE ON comercio_zona_de_reparto TO qhatu_aplicacion;

-- By whose rate the postage of an order was charged, as it was shown to who bought.
CREATE TABLE comercio_pedido_porte (
    pedido_id uuid NOT NULL,
    operador_unidad_id uuid NOT NULL,
    operador varchar(200) NOT NULL,
    servicio varchar(120) NOT NULL,
    dias smallint NOT NULL,
    peso_g integer NOT NULL,
    CONSTRAINT pk_comercio_pedido_porte PRIMARY KEY (pedido_id),
    CONSTRAINT fk_comercio_pedido_porte_pedido_id FOREIGN KEY (pedido_id) REFERENCES comercio_pedido (id),
    CONSTRAINT fk_comercio_pedido_porte_operador_unidad_id FOREIGN KEY (operador_unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT ck_comercio_pedido_porte_dias CHECK (dias >= 0),
    CONSTRAINT ck_comercio_pedido_porte_peso CHECK (peso_g >= 0)
);
CREATE INDEX ix_comercio_pedido_porte_operador_unidad_id ON comercio_pedido_porte (operador_unidad_id);
CREATE TRIGGER comercio_pedido_porte_inmutable BEFORE UPDATE OR DELETE ON comercio_pedido_porte
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
GRANT SELECT, INSERT ON comercio_pedido_porte TO qhatu_aplicacion;

-- Who changed their mind may ask it of the seller.
ALTER TABLE comercio_reclamo
    DROP CONSTRAINT ck_comercio_reclamo_motivo,
    ADD CONSTRAINT ck_comercio_reclamo_motivo CHECK (
        motivo IN ('no_recibido', 'no_es_lo_descrito', 'danado', 'servicio_no_hecho', 'desistimiento'));

-- Whether a claim for each reason, decided for who bought, gives the postage back too.
CREATE TABLE comercio_regla_de_porte (
    motivo varchar(20) NOT NULL,
    vuelve boolean NOT NULL,
    norma varchar(200) NOT NULL,
    confirmado boolean NOT NULL,
    vigente_desde date NOT NULL,
    vigente_hasta date,
    CONSTRAINT pk_comercio_regla_de_porte PRIMARY KEY (motivo, vigente_desde),
    CONSTRAINT ck_comercio_regla_de_porte_motivo CHECK (
        motivo IN ('no_recibido', 'no_es_lo_descrito', 'danado', 'servicio_no_hecho', 'desistimiento')),
    CONSTRAINT ck_comercio_regla_de_porte_vigencia CHECK (vigente_hasta > vigente_desde),
    CONSTRAINT ex_comercio_regla_de_porte_una EXCLUDE USING gist (
        motivo WITH =, daterange(vigente_desde, vigente_hasta) WITH &&)
);
INSERT INTO comercio_regla_de_porte (motivo, vuelve, norma, confirmado, vigente_desde)
VALUES
    ('no_recibido', true, 'Regla de la plataforma', false, '2017-01-01'),
    ('no_es_lo_descrito', true, 'Regla de la plataforma', false, '2017-01-01'),
    ('danado', true, 'Regla de la plataforma', false, '2017-01-01'),
    ('servicio_no_hecho', true, 'Regla de la plataforma', false, '2017-01-01'),
    ('desistimiento', false, 'Regla de la plataforma', false, '2017-01-01');
GRANT SELECT ON comercio_regla_de_porte TO qhatu_aplicacion;
