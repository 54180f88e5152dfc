-- With what a promotion may be compared: the lowest price of so many days before it. Dated, each with its norm.
CREATE TABLE comercio_regla_de_referencia (
    vigente_desde date NOT NULL,
    vigente_hasta date,
    dias smallint NOT NULL,
    norma varchar(200) NOT NULL,
    confirmado boolean NOT NULL,
    CONSTRAINT pk_comercio_regla_de_referencia PRIMARY KEY (vigente_desde),
    CONSTRAINT ck_comercio_regla_de_referencia_dias CHECK (dias BETWEEN 1 AND 365),
    CONSTRAINT ck_comercio_regla_de_referencia_vigencia CHECK (vigente_hasta >= vigente_desde),
    CONSTRAINT ex_comercio_regla_de_referencia_una EXCLUDE USING gist (
        daterange(vigente_desde, vigente_hasta, '[]') WITH &&)
);
INSERT INTO comercio_regla_de_referencia (vigente_desde, dias, norma, confirmado) VALUES
    ('2025-01-01', 30, 'Regla de la casa, como el artículo 6 bis de la Directiva 98/6/CE (precio anterior)', false);
GRANT SELECT ON comercio_regla_de_referencia TO qhatu_aplicacion;

-- When each product was on sale, whoever publishes or pauses it: a price that nobody could pay is compared with nothing.
CREATE TABLE comercio_en_venta (
    id bigint GENERATED ALWAYS AS IDENTITY,
    producto_id uuid NOT NULL,
    desde timestamptz NOT NULL DEFAULT nucleo_ahora(),
    hasta timestamptz,
    CONSTRAINT pk_comercio_en_venta PRIMARY KEY (id),
    CONSTRAINT fk_comercio_en_venta_producto_id FOREIGN KEY (producto_id) REFERENCES comercio_producto (id),
    CONSTRAINT ck_comercio_en_venta_orden CHECK (hasta >= desde)
);
CREATE INDEX ix_comercio_en_venta_producto_id_id ON comercio_en_venta (producto_id, id);
CREATE UNIQUE INDEX uq_comercio_en_venta_ahora ON comercio_en_venta (producto_id) WHERE hasta IS NULL;
INSERT INTO comercio_en_venta (producto_id, desde)
SELECT id, nucleo_ahora() FROM comercio_producto WHERE estado = 'publicado' ORDER BY id;
GRANT SELECT ON comercio_en_venta TO qhatu_aplicacion;

CREATE FUNCTION comercio_en_venta_anotar() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.estado = 'publicado' THEN
        INSERT INTO comercio_en_venta (producto_id) VALUES (NEW.id);
    ELSE
        UPDATE comercio_en_venta SET hasta = nucleo_ahora() WHERE producto_id = NEW.id AND hasta IS NULL;
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION comercio_en_venta_anotar() FROM PUBLIC;
CREATE TRIGGER comercio_en_venta_nace AFTER INSERT ON comercio_producto FOR EACH ROW
    WHEN (NEW.estado = 'publicado') EXECUTE FUNCTION comercio_en_venta_anotar();
CREATE TRIGGER comercio_en_venta_cambia AFTER UPDATE OF estado ON comercio_producto FOR EACH ROW
    WHEN ((OLD.estado = 'publicado') <> (NEW.estado = 'publicado')) EXECUTE FUNCTION comercio_en_venta_anotar();

-- A promotion of a seller: of all that they sell, or of some variants of theirs.
ALTER TABLE comercio_variante ADD CONSTRAINT uq_comercio_variante_id_vendedor_id UNIQUE (id, vendedor_id);
CREATE TABLE comercio_promocion (
    id uuid NOT NULL,
    vendedor_id uuid NOT NULL,
    nombre varchar(80) NOT NULL,
    clase varchar(10) NOT NULL,
    valor bigint NOT NULL,
    alcance varchar(8) NOT NULL,
    desde timestamptz NOT NULL,
    hasta timestamptz NOT NULL,
    estado varchar(10) NOT NULL,
    creado_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_comercio_promocion PRIMARY KEY (id),
    CONSTRAINT uq_comercio_promocion_id_vendedor_id UNIQUE (id, vendedor_id),
    CONSTRAINT fk_comercio_promocion_vendedor_id FOREIGN KEY (vendedor_id) REFERENCES registro_unidad (id),
    CONSTRAINT ck_comercio_promocion_clase CHECK (clase IN ('porcentaje', 'monto')),
    CONSTRAINT ck_comercio_promocion_alcance CHECK (alcance IN ('tienda', 'elegidos')),
    CONSTRAINT ck_comercio_promocion_valor CHECK (
        valor BETWEEN 1 AND CASE clase WHEN 'porcentaje' THEN 9000 ELSE 10000000 END),
    CONSTRAINT ck_comercio_promocion_dias CHECK (hasta > desde AND hasta - desde <= interval '90 days')
);
CREATE INDEX ix_comercio_promocion_vendedor_id_id ON comercio_promocion (vendedor_id, id);
CREATE INDEX ix_comercio_promocion_hasta ON comercio_promocion (hasta) WHERE estado <> 'terminada';
GRANT SELECT, INSERT, UPDATE (estado) ON comercio_promocion TO qhatu_aplicacion;

CREATE TABLE comercio_promocion_variante (
    promocion_id uuid NOT NULL,
    variante_id uuid NOT NULL,
    vendedor_id uuid NOT NULL,
    CONSTRAINT pk_comercio_promocion_variante PRIMARY KEY (promocion_id, variante_id),
    CONSTRAINT fk_comercio_promocion_variante_promocion_id_vendedor_id FOREIGN KEY (promocion_id, vendedor_id)
        REFERENCES comercio_promocion (id, vendedor_id),
    CONSTRAINT fk_comercio_promocion_variante_variante_id_vendedor_id FOREIGN KEY (variante_id, vendedor_id)
        REFERENCES comercio_variante (id, vendedor_id)
);
CREATE INDEX ix_comercio_promocion_variante_variante_id ON comercio_promocion_variante (variante_id);
GRANT SELECT, INSERT ON comercio_promocion_variante TO qhatu_aplicacion;

-- When it really was in force: begun and cut short by a trigger.
CREATE TABLE comercio_promocion_tramo (
    id bigint GENERATED ALWAYS AS IDENTITY,
    promocion_id uuid NOT NULL,
    desde timestamptz NOT NULL,
    hasta timestamptz NOT NULL,
    CONSTRAINT pk_comercio_promocion_tramo PRIMARY KEY (id),
    CONSTRAINT fk_comercio_promocion_tramo_promocion_id FOREIGN KEY (promocion_id) REFERENCES comercio_promocion (id),
    CONSTRAINT ck_comercio_promocion_tramo_orden CHECK (hasta >= desde)
);
CREATE INDEX ix_comercio_promocion_tramo_promocion_id_id ON comercio_promocion_tramo (promocion_id, id);
GRANT SELECT ON comercio_promocion_tramo TO qhatu_aplicacion;

CREATE FUNCTION comercio_promocion_anotar() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.estado = 'activa' THEN
        INSERT INTO comercio_promocion_tramo (promocion_id, desde, hasta)
        SELECT NEW.id, greatest(NEW.desde, nucleo_ahora()), NEW.hasta WHERE nucleo_ahora() < NEW.hasta;
    ELSE
        UPDATE comercio_promocion_tramo SET hasta = greatest(desde, nucleo_ahora())
        WHERE promocion_id = NEW.id AND hasta > nucleo_ahora();
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION comercio_promocion_anotar() FROM PUBLIC;
CREATE TRIGGER comercio_promocion_nace AFTER INSERT ON comercio_promocion FOR EACH ROW
    EXECUTE FUNCTION comercio_promocion_anotar();
CREATE TRIGGER comercio_promocion_cambia AFTER UPDATE OF estado ON comercio_promocion FOR EACH ROW
    WHEN (OLD.estado <> NEW.estado) EXECUTE FUNCTION comercio_promocion_anotar();

-- A coupon of a seller, and its uses: one of each who buys, and no more in all than it has.
CREATE TABLE comercio_cupon (
    id uuid NOT NULL,
    vendedor_id uuid NOT NULL,
    codigo varchar(20) NOT NULL,
    clase varchar(10) NOT NULL,
    valor bigint NOT NULL,
    minimo bigint NOT NULL,
    usos_maximos integer NOT NULL,
    usados integer NOT NULL DEFAULT 0,
    desde timestamptz NOT NULL,
    hasta timestamptz NOT NULL,
    estado varchar(10) NOT NULL,
    creado_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_comercio_cupon PRIMARY KEY (id),
    CONSTRAINT uq_comercio_cupon_id_vendedor_id UNIQUE (id, vendedor_id),
    CONSTRAINT fk_comercio_cupon_vendedor_id FOREIGN KEY (vendedor_id) REFERENCES registro_unidad (id),
    CONSTRAINT ck_comercio_cupon_codigo CHECK (codigo ~ '^[A-Z0-9]{4,20}$'),
    CONSTRAINT ck_comercio_cupon_clase CHECK (clase IN ('porcentaje', 'monto')),
    CONSTRAINT ck_comercio_cupon_valor CHECK (
        valor BETWEEN 1 AND CASE clase WHEN 'porcentaje' THEN 9000 ELSE 10000000 END),
    CONSTRAINT ck_comercio_cupon_minimo CHECK (minimo >= 0),
    CONSTRAINT ck_comercio_cupon_usos_maximos CHECK (usos_maximos BETWEEN 1 AND 100000),
    CONSTRAINT ck_comercio_cupon_usados CHECK (usados BETWEEN 0 AND usos_maximos),
    CONSTRAINT ck_comercio_cupon_dias CHECK (hasta > desde AND hasta - desde <= interval '90 days')
);
CREATE UNIQUE INDEX uq_comercio_cupon_codigo ON comercio_cupon (vendedor_id, codigo) WHERE estado <> 'terminada';
CREATE INDEX ix_comercio_cupon_codigo ON comercio_cupon (codigo);
CREATE INDEX ix_comercio_cupon_hasta ON comercio_cupon (hasta) WHERE estado <> 'terminada';
GRANT SELECT, INSERT (id, vendedor_id, codigo, clase, valor, minimo, usos_maximos, desde, hasta, estado),
    UPDATE (estado) ON comercio_cupon TO qhatu_aplicacion;

CREATE TABLE comercio_cupon_uso (
    id uuid NOT NULL,
    cupon_id uuid NOT NULL,
    compra_id uuid NOT NULL,
    comprador_parte_id uuid NOT NULL,
    descuento bigint NOT NULL,
    devuelto_en timestamptz,
    creado_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_comercio_cupon_uso PRIMARY KEY (id),
    CONSTRAINT uq_comercio_cupon_uso_compra_id UNIQUE (compra_id),
    CONSTRAINT fk_comercio_cupon_uso_cupon_id FOREIGN KEY (cupon_id) REFERENCES comercio_cupon (id),
    CONSTRAINT fk_comercio_cupon_uso_compra_id_comprador_parte_id FOREIGN KEY (compra_id, comprador_parte_id)
        REFERENCES comercio_compra (id, comprador_parte_id),
    CONSTRAINT ck_comercio_cupon_uso_descuento CHECK (descuento > 0)
);
CREATE UNIQUE INDEX uq_comercio_cupon_uso_vigente ON comercio_cupon_uso (cupon_id, comprador_parte_id)
    WHERE devuelto_en IS NULL;
GRANT SELECT, INSERT, UPDATE (devuelto_en) ON comercio_cupon_uso TO qhatu_aplicacion;

-- Who uses it holds its row until they have paid: the next one waits, and the CHECK refuses one too many.
CREATE FUNCTION comercio_cupon_contar() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE comercio_cupon SET usados = usados + 1
        WHERE id = NEW.cupon_id AND estado = 'activa' AND desde <= nucleo_ahora() AND nucleo_ahora() < hasta;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'ese cupón no vale ahora'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_comercio_cupon_uso_vale';
        END IF;
    ELSE
        UPDATE comercio_cupon SET usados = usados - 1 WHERE id = NEW.cupon_id;
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION comercio_cupon_contar() FROM PUBLIC;
CREATE TRIGGER comercio_cupon_usar BEFORE INSERT ON comercio_cupon_uso FOR EACH ROW
    EXECUTE FUNCTION comercio_cupon_contar();
CREATE TRIGGER comercio_cupon_devolver AFTER UPDATE ON comercio_cupon_uso FOR EACH ROW
    WHEN (OLD.devuelto_en IS NULL AND NEW.devuelto_en IS NOT NULL) EXECUTE FUNCTION comercio_cupon_contar();
CREATE TRIGGER comercio_cupon_uso_devuelto BEFORE UPDATE ON comercio_cupon_uso FOR EACH ROW
    WHEN (OLD.devuelto_en IS NOT NULL) EXECUTE FUNCTION comercio_inmutable();

-- What was typed in a cart, judged each time it is looked at.
ALTER TABLE comercio_carrito ADD COLUMN cupon varchar(20);
