-- As before; each refusal has a name, so that who lost a race is told which.
CREATE OR REPLACE FUNCTION comercio_pedido_presente() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM comercio_vacaciones WHERE vendedor_id = NEW.vendedor_id AND terminadas_en IS NULL
        AND CAST(nucleo_ahora() AT TIME ZONE 'America/La_Paz' AS date) BETWEEN desde AND hasta) THEN
        RAISE EXCEPTION 'quien vende está de vacaciones'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'comercio_pedido_presente';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION comercio_pedido_ajeno() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF registro_parte_vende(NEW.comprador_parte_id, NEW.vendedor_id) THEN
        RAISE EXCEPTION 'quien compra no puede vender por quien vende'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'comercio_pedido_ajeno';
    END IF;
    RETURN NEW;
END $$;
