-- What no program may do with it: pay what was not delivered, or before its date; also what is paid outside. Nor claim what
-- an entity received conform, nor free any of it: only a claim from before its date does.
CREATE OR REPLACE FUNCTION comercio_custodia_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.devuelto < OLD.devuelto OR NEW.al_vendedor < OLD.al_vendedor OR NEW.ejecutado < OLD.ejecutado THEN
        RAISE EXCEPTION 'lo que salió de la custodia de un pedido no vuelve' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.garantia = 'compromiso' AND OLD.estado <> 'congelada' AND OLD.liberar_en <= nucleo_ahora() THEN
        IF NEW.estado = 'congelada' THEN
            RAISE EXCEPTION 'de lo que una entidad recibió conforme no se reclama' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.devuelto > OLD.devuelto THEN
            RAISE EXCEPTION 'de lo que una entidad recibió conforme nada se libera' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    IF NEW.estado IN ('liberada', 'ejecutada') AND OLD.estado <> NEW.estado THEN
        IF OLD.liberar_en > nucleo_ahora() THEN
            RAISE EXCEPTION 'un pedido no se paga antes de su fecha' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NOT EXISTS (SELECT FROM comercio_pedido WHERE id = NEW.pedido_id AND estado = 'entregado') THEN
            RAISE EXCEPTION 'un pedido que no se entregó no se paga' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
