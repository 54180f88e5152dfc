-- Whether a recusal is somebody's own case is said when it is presented: who administers the entity afterwards may answer
-- it, and silence is judged as it was then.
ALTER TABLE feria_excusa ADD COLUMN su_propio_caso BOOLEAN;
UPDATE feria_excusa e SET su_propio_caso = e.clase = 'recusacion' AND CASE e.estado
    WHEN 'presentada' THEN feria_su_propio_caso(d.unidad_id, d.persona_id)
    ELSE e.estado = 'aceptada' AND e.tacita END
FROM feria_designacion d WHERE d.id = e.designacion_id;
ALTER TABLE feria_excusa ALTER COLUMN su_propio_caso SET NOT NULL;

-- As 0179_papeles_firmes has it; and its own case is said at its presentation, and its term is judged at the instant that
-- it says, which is one of the transaction that resolves it.
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
        IF NEW.clase = 'excusa' AND EXISTS (
            SELECT FROM feria_excusa e WHERE e.designacion_id = NEW.designacion_id AND e.clase = 'excusa'
        ) THEN
            RAISE EXCEPTION 'one is excused once of a role' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.su_propio_caso <> (NEW.clase = 'recusacion' AND (
            SELECT feria_su_propio_caso(d.unidad_id, d.persona_id) FROM feria_designacion d WHERE d.id = NEW.designacion_id
        )) THEN
            RAISE EXCEPTION 'whose case it is is said at once' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.estado <> OLD.estado AND (NEW.tacita <> (NEW.resuelta_en >= OLD.resolver_hasta)
        OR NEW.resuelta_en NOT BETWEEN nucleo_ahora() - (clock_timestamp() - transaction_timestamp()) AND nucleo_ahora()
        OR NEW.tacita AND NEW.estado NOT IN ('sin_objeto',
            CASE WHEN OLD.clase = 'excusa' OR OLD.su_propio_caso THEN 'aceptada' ELSE 'rechazada' END)) THEN
        RAISE EXCEPTION 'a recusal is resolved in its term' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- As 0176_sobres_que_constan has it; and its term is judged at the instant that it says.
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
    IF NEW.estado <> OLD.estado AND (NEW.tacita <> (NEW.resuelta_en >= OLD.resolver_hasta)
        OR NEW.resuelta_en NOT BETWEEN nucleo_ahora() - (clock_timestamp() - transaction_timestamp()) AND nucleo_ahora()
        OR NEW.tacita AND NEW.estado NOT IN ('confirmada', 'sin_objeto')) THEN
        RAISE EXCEPTION 'an appeal is resolved in its term' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
