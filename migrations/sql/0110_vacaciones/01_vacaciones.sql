-- When a seller is away: nobody buys from them meanwhile.
CREATE TABLE comercio_vacaciones (
    id uuid NOT NULL,
    vendedor_id uuid NOT NULL,
    desde date NOT NULL,
    hasta date NOT NULL,
    terminadas_en timestamptz,
    creado_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_comercio_vacaciones PRIMARY KEY (id),
    CONSTRAINT fk_comercio_vacaciones_vendedor_id FOREIGN KEY (vendedor_id) REFERENCES registro_unidad (id),
    CONSTRAINT ck_comercio_vacaciones_dias CHECK (hasta >= desde AND hasta - desde < 90),
    CONSTRAINT ex_comercio_vacaciones_una_vez EXCLUDE USING gist (
        vendedor_id WITH =, daterange(desde, hasta, '[]') WITH &&) WHERE (terminadas_en IS NULL)
);
GRANT SELECT, INSERT, UPDATE (terminadas_en) ON comercio_vacaciones TO qhatu_aplicacion;

CREATE FUNCTION comercio_pedido_presente() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM comercio_vacaciones WHERE vendedor_id = NEW.vendedor_id AND terminadas_en IS NULL
        AND CAST(nucleo_ahora() AT TIME ZONE 'America/La_Paz' AS date) BETWEEN desde AND hasta) THEN
        RAISE EXCEPTION 'quien vende está de vacaciones' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comercio_pedido_presente BEFORE INSERT ON comercio_pedido
    FOR EACH ROW EXECUTE FUNCTION comercio_pedido_presente();
