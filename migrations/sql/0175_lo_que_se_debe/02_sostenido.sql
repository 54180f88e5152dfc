-- Nobody buys from a seller that is away, except what they held for a public entity until a day: that was promised before.
CREATE OR REPLACE FUNCTION comercio_pedido_presente() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM comercio_vacaciones WHERE vendedor_id = NEW.vendedor_id AND terminadas_en IS NULL
        AND CAST(nucleo_ahora() AT TIME ZONE 'America/La_Paz' AS date) BETWEEN desde AND hasta)
       AND NOT EXISTS (SELECT FROM comercio_oferta_sostenida
        WHERE orden_id = NEW.compra_id AND vendedor_id = NEW.vendedor_id AND estado = 'cumplida') THEN
        RAISE EXCEPTION 'quien vende está de vacaciones'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'comercio_pedido_presente';
    END IF;
    RETURN NEW;
END $$;
