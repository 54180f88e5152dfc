-- What was written by mistake has its reason, as what was claimed, and renews nothing.
ALTER TABLE feria_garantia
    DROP CONSTRAINT ck_feria_garantia_motivo,
    ADD CONSTRAINT ck_feria_garantia_motivo CHECK ((estado IN ('ejecutada', 'anulada')) = (motivo IS NOT NULL)),
    DROP CONSTRAINT uq_feria_garantia_renueva_a;
CREATE UNIQUE INDEX uq_feria_garantia_renueva_a ON feria_garantia (renueva_a) WHERE estado <> 'anulada';

-- As 0206 has it; and a renewal leaves no day without a guarantee and takes the place of the other one on its first
-- day, nothing answers before it, one of seriousness waits for an order that fell, and a wrong year is none.
CREATE OR REPLACE FUNCTION feria_garantia_guarda() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    orden feria_orden_de_compra;
    hoy date := (nucleo_ahora() AT TIME ZONE 'America/La_Paz')::date;
    entrega date;
BEGIN
    SELECT * INTO orden FROM feria_orden_de_compra WHERE id = NEW.orden_id;
    IF TG_OP = 'INSERT' THEN
        IF orden.estado NOT IN ('por_aceptar', 'vigente', 'recibida') THEN
            RAISE EXCEPTION 'an order that is over is not guaranteed' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.renueva_a IS NOT NULL AND NOT EXISTS (
            SELECT FROM feria_garantia WHERE id = NEW.renueva_a AND estado = 'vigente' AND clase = NEW.clase
            AND hasta <= NEW.hasta AND NEW.desde <= hasta + 1) THEN
            RAISE EXCEPTION 'a guarantee renews one of its class, without a gap' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.vence_en <> ((NEW.hasta + 1)::timestamp AT TIME ZONE 'America/La_Paz') - interval '1 microsecond' THEN
            RAISE EXCEPTION 'a guarantee lasts to the end of its last day' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.avisar_en <> greatest(NEW.hasta - 15, NEW.desde)::timestamp AT TIME ZONE 'America/La_Paz' THEN
            RAISE EXCEPTION 'the end of a guarantee is told before' USING ERRCODE = 'restrict_violation';
        END IF;
        entrega := coalesce((orden.entregar_hasta AT TIME ZONE 'America/La_Paz')::date,
            (orden.aceptar_hasta AT TIME ZONE 'America/La_Paz')::date + orden.plazo_dias);
        IF NEW.hasta > greatest(hoy, entrega) + 731 THEN
            RAISE EXCEPTION 'a guarantee ends two years after its order' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.estado <> OLD.estado THEN
        IF NEW.estado = 'vencida' AND nucleo_ahora() <= OLD.vence_en
            OR NEW.estado = 'ejecutada' AND (nucleo_ahora() > OLD.vence_en OR OLD.desde > hoy) THEN
            RAISE EXCEPTION 'a guarantee answers from its first day to its last day'
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.estado = 'renovada' AND NOT EXISTS (
            SELECT FROM feria_garantia WHERE renueva_a = NEW.id AND estado <> 'anulada' AND desde <= hoy) THEN
            RAISE EXCEPTION 'a renewal is another guarantee, which began' USING ERRCODE = 'restrict_violation';
        END IF;
        IF OLD.clase = 'cumplimiento' AND (
            NEW.estado = 'devuelta' AND orden.estado IN ('por_aceptar', 'vigente')
            OR NEW.estado = 'ejecutada' AND orden.cortada_en IS NULL)
            OR OLD.clase = 'seriedad' AND NEW.estado = 'ejecutada' AND orden.estado NOT IN ('rechazada', 'vencida') THEN
            RAISE EXCEPTION 'a guarantee waits for its order' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
-- The guard asks it before.
DROP TRIGGER feria_garantia_renovada ON feria_garantia;
DROP FUNCTION feria_garantia_renovada();
