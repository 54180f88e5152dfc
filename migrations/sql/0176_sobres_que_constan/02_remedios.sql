-- As 0151_impugnaciones has it; and who was declared invalid, or lapsed, bid too: they have most to say.
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
        RETURN NEW;
    END IF;
    IF NEW.estado <> OLD.estado AND (NEW.tacita <> (nucleo_ahora() >= OLD.resolver_hasta)
        OR NEW.tacita AND NEW.estado NOT IN ('confirmada', 'sin_objeto')) THEN
        RAISE EXCEPTION 'an appeal is resolved in its term' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- As 0164_papeles has it; and the same of who recuses.
CREATE OR REPLACE FUNCTION feria_excusa_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (
            SELECT FROM feria_designacion d JOIN feria_convocatoria c ON c.id = d.convocatoria_id
            WHERE d.id = NEW.designacion_id AND d.cesada_en IS NULL AND (NEW.clase = 'excusa' OR c.abierto_en IS NOT NULL
                AND EXISTS (SELECT FROM feria_oferta o WHERE o.convocatoria_id = c.id AND o.unidad_id = NEW.unidad_id
                    AND o.estado IN ('vigente', 'caducada', 'invalida')))
        ) THEN
            RAISE EXCEPTION 'only who holds a role is left out' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.estado <> OLD.estado AND (NEW.tacita <> (nucleo_ahora() >= OLD.resolver_hasta) OR NEW.tacita
        AND NEW.estado NOT IN ('sin_objeto', CASE OLD.clase WHEN 'excusa' THEN 'aceptada' ELSE 'rechazada' END)) THEN
        RAISE EXCEPTION 'a recusal is resolved in its term' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
