-- A call says whether its bids come in two envelopes: the technical part is opened first and scored, and the prices of those
-- who pass are opened in a second act. What there is has one.
INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-00000000fe49', 'feria.calificar_tecnica',
     'Calificar las propuestas técnicas de un proceso con dos sobres', 10, 'dias_habiles', 'dia_habil_siguiente', true, NULL,
     'Regla de la plataforma', 'Si nadie las califica, la convocatoria queda anulada y los precios, cerrados.', false,
     '2017-01-01');

ALTER TABLE feria_convocatoria
    ADD COLUMN dos_sobres BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN tecnica_en TIMESTAMPTZ;
ALTER TABLE feria_convocatoria
    ALTER COLUMN dos_sobres DROP DEFAULT,
    ADD CONSTRAINT ck_feria_convocatoria_dos_sobres CHECK (NOT dos_sobres OR (
        metodo <> 'precio' AND adjudica_por = 'total' AND NOT subasta AND (estado = 'borrador' OR vence_en IS NOT NULL))),
    ADD CONSTRAINT ck_feria_convocatoria_tecnica_en CHECK (CASE
        WHEN dos_sobres THEN tecnica_en >= vence_en AND (abierto_en IS NULL OR tecnica_en <= abierto_en)
            AND (estado NOT IN ('evaluacion_tecnica', 'apertura_economica', 'apertura', 'evaluacion', 'resuelto', 'impugnado')
                OR tecnica_en IS NOT NULL)
        ELSE tecnica_en IS NULL AND estado NOT IN ('evaluacion_tecnica', 'apertura_economica') END),
    DROP CONSTRAINT ck_feria_convocatoria_sigue_en,
    ADD CONSTRAINT ck_feria_convocatoria_sigue_en CHECK (
        estado NOT IN ('suspendido', 'recepcion_cerrada', 'apertura_impedida', 'evaluacion_tecnica', 'apertura_economica',
            'evaluacion') OR sigue_en IS NOT NULL);

DROP TRIGGER feria_convocatoria_con_metodo ON feria_convocatoria;
CREATE TRIGGER feria_convocatoria_con_metodo BEFORE UPDATE ON feria_convocatoria FOR EACH ROW
    WHEN (OLD.estado <> 'borrador'
        AND (NEW.metodo, NEW.puntos_tecnica, NEW.minimo_tecnica, NEW.subasta, NEW.subasta_por_rondas, NEW.dos_sobres)
        IS DISTINCT FROM (OLD.metodo, OLD.puntos_tecnica, OLD.minimo_tecnica, OLD.subasta, OLD.subasta_por_rondas,
            OLD.dos_sobres))
    EXECUTE FUNCTION feria_convocatoria_con_metodo();

-- Which bids the technical qualification let pass, as its act says.
CREATE FUNCTION feria_pasaron(convocatoria uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    SELECT (o ->> 'oferta')::uuid FROM feria_acta a, jsonb_array_elements(a.contenido::jsonb -> 'ofertas') o
    WHERE a.convocatoria_id = convocatoria AND a.clase = 'evaluacion_tecnica' AND (o ->> 'pasa')::boolean
$$;

-- The steps of a process with two envelopes: the first act once, after the deadline; the second, once the technical part is
-- qualified, and of those only that pass.
CREATE FUNCTION feria_convocatoria_dos_sobres() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.tecnica_en IS NOT NULL AND NEW.tecnica_en IS DISTINCT FROM OLD.tecnica_en
        OR OLD.tecnica_en IS NULL AND NEW.tecnica_en IS NOT NULL AND NOT (
            NEW.estado = 'evaluacion_tecnica' AND OLD.estado IN ('recepcion_cerrada', 'apertura_impedida')
            AND nucleo_ahora() >= NEW.vence_en)
        OR NEW.estado <> OLD.estado AND NOT (CASE NEW.estado
            WHEN 'evaluacion_tecnica' THEN OLD.tecnica_en IS NULL
            WHEN 'apertura_economica' THEN EXISTS (
                    SELECT FROM feria_acta a WHERE a.convocatoria_id = NEW.id AND a.clase = 'evaluacion_tecnica')
                AND NOT EXISTS (SELECT FROM feria_oferta o WHERE o.convocatoria_id = NEW.id
                    AND (o.estado = 'vigente') <> (o.id IN (SELECT feria_pasaron(NEW.id))))
            WHEN 'apertura' THEN OLD.estado IN ('apertura_economica', 'apertura_impedida') AND EXISTS (
                SELECT FROM feria_acta a WHERE a.convocatoria_id = NEW.id AND a.clase = 'evaluacion_tecnica')
            ELSE true END) THEN
        RAISE EXCEPTION 'the prices are opened after the technical part' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_convocatoria_dos_sobres BEFORE UPDATE ON feria_convocatoria FOR EACH ROW
    WHEN (NEW.dos_sobres) EXECUTE FUNCTION feria_convocatoria_dos_sobres();
