-- As 0191_sobres_y_papeles has it; and who won contests nothing of what they won.
CREATE OR REPLACE FUNCTION feria_impugnacion_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (
            SELECT FROM feria_convocatoria c JOIN feria_oferta o ON o.convocatoria_id = c.id
            WHERE c.id = NEW.convocatoria_id AND c.estado IN ('resuelto', 'impugnado')
                AND o.unidad_id = NEW.unidad_id AND o.estado IN ('vigente', 'caducada', 'invalida')
        ) OR EXISTS (SELECT FROM feria_adjudicacion WHERE reemplaza_a = NEW.adjudicacion_id)
          OR EXISTS (SELECT FROM feria_orden_linea WHERE adjudicacion_id = NEW.adjudicacion_id) THEN
            RAISE EXCEPTION 'only a decision in force is contested' USING ERRCODE = 'restrict_violation';
        END IF;
        IF EXISTS (SELECT FROM feria_adjudicacion WHERE id = NEW.adjudicacion_id AND proveedor_id = NEW.unidad_id) THEN
            RAISE EXCEPTION 'who won does not contest it' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.estado <> OLD.estado AND (NEW.tacita <> (NEW.resuelta_en >= OLD.resolver_hasta)
        OR NEW.resuelta_en NOT BETWEEN nucleo_ahora() - (clock_timestamp() - transaction_timestamp()) AND nucleo_ahora()
        OR NEW.tacita AND NEW.estado NOT IN ('confirmada', 'sin_objeto')) THEN
        RAISE EXCEPTION 'an appeal is resolved in its term' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
