-- A reserve says when it was made and ended as the ledger does, and never changes once it is over.
CREATE OR REPLACE FUNCTION pagos_reserva_como_el_libro() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.estado <> 'abierta' THEN
        RAISE EXCEPTION 'la reserva % ya terminó', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM FROM pagos_pendiente q
    WHERE q.id = NEW.id AND q.estado = NEW.estado AND q.monto_confirmado = NEW.confirmado
      AND q.resuelta_en IS NOT DISTINCT FROM NEW.resuelta_en
      AND (q.debito, q.credito, q.monto, q.codigo, q.creada_en, q.vence_en)
        = (NEW.debito, NEW.credito, NEW.monto, NEW.codigo, NEW.creada_en, NEW.vence_en);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'la reserva % no es lo que dice el libro', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
