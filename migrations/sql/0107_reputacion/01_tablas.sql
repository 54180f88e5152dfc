-- How a unit does as a seller. The application says what went wrong with an order; the database counts.
CREATE TABLE comercio_falta (
    pedido_id uuid NOT NULL,
    falta varchar(10) NOT NULL,
    ocurrio_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_falta PRIMARY KEY (pedido_id, falta),
    CONSTRAINT fk_comercio_falta_pedido_id FOREIGN KEY (pedido_id) REFERENCES comercio_pedido (id),
    CONSTRAINT ck_comercio_falta_falta CHECK (falta IN ('reclamo', 'tarde', 'cancelada'))
);
CREATE TRIGGER comercio_falta_inmutable BEFORE UPDATE OR DELETE ON comercio_falta
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();

CREATE TABLE comercio_regla_reputacion (
    id uuid NOT NULL,
    vigente_desde date NOT NULL,
    dias integer NOT NULL,
    dias_si_pocas integer NOT NULL,
    ventas_minimas integer NOT NULL,
    tolerancia integer NOT NULL,
    reclamo_pb integer NOT NULL,
    tarde_pb integer NOT NULL,
    cancelada_pb integer NOT NULL,
    norma varchar(200) NOT NULL,
    CONSTRAINT pk_comercio_regla_reputacion PRIMARY KEY (id),
    CONSTRAINT uq_comercio_regla_reputacion_vigente_desde UNIQUE (vigente_desde),
    CONSTRAINT ck_comercio_regla_reputacion_dias CHECK (
        0 < dias AND dias < dias_si_pocas AND dias_si_pocas <= 3660),
    CONSTRAINT ck_comercio_regla_reputacion_minimos CHECK (ventas_minimas > 0 AND tolerancia >= 0),
    CONSTRAINT ck_comercio_regla_reputacion_partes CHECK (
        reclamo_pb BETWEEN 0 AND 10000 AND tarde_pb BETWEEN 0 AND 10000 AND cancelada_pb BETWEEN 0 AND 10000)
);
INSERT INTO comercio_regla_reputacion VALUES
    ('018f0000-0000-7000-8000-00000000f201', '2017-01-01', 60, 365, 10, 1, 300, 1000, 500, 'Regla de la plataforma');

CREATE TABLE comercio_reputacion (
    unidad_id uuid NOT NULL,
    regla_id uuid NOT NULL,
    hasta timestamptz NOT NULL,
    dias integer NOT NULL,
    ventas integer NOT NULL,
    reclamos integer NOT NULL,
    tardes integer NOT NULL,
    canceladas integer NOT NULL,
    clase varchar(12) NOT NULL,
    CONSTRAINT pk_comercio_reputacion PRIMARY KEY (unidad_id),
    CONSTRAINT fk_comercio_reputacion_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_comercio_reputacion_regla_id FOREIGN KEY (regla_id) REFERENCES comercio_regla_reputacion (id),
    CONSTRAINT ck_comercio_reputacion_clase CHECK (clase IN ('buena', 'sin_historia', 'mala'))
);
CREATE INDEX ix_comercio_reputacion_regla_id ON comercio_reputacion (regla_id);
CREATE INDEX ix_comercio_reputacion_hasta_unidad_id ON comercio_reputacion (hasta, unidad_id);
CREATE INDEX ix_comercio_pedido_vendedor_id_creado_en ON comercio_pedido (vendedor_id, creado_en);

GRANT SELECT, INSERT ON comercio_falta TO qhatu_aplicacion;
GRANT SELECT ON comercio_regla_reputacion TO qhatu_aplicacion;
GRANT SELECT ON comercio_reputacion TO qhatu_aplicacion;

-- What happened before there was where to write it, and can still be told.
INSERT INTO comercio_falta (pedido_id, falta, ocurrio_en)
SELECT pedido_id, 'reclamo', min(terminado_en) FROM comercio_reclamo
WHERE estado = 'devuelto' AND motivo <> 'no_recibido' GROUP BY pedido_id;
INSERT INTO comercio_falta (pedido_id, falta, ocurrio_en)
SELECT pedido_id, 'tarde', min(ocurrio_en) FROM (
    SELECT q.pedido_id, q.despachado_en AS ocurrio_en FROM comercio_paquete q
    JOIN comercio_pedido p ON p.id = q.pedido_id WHERE q.despachado_en > p.despachar_hasta
    UNION ALL SELECT pedido_id, ocurrio_en FROM comercio_pedido_cancelacion WHERE actor = 'plazo de despacho') x
GROUP BY pedido_id;
