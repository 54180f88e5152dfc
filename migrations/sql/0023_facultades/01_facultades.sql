-- Faculties that were part of holding any mandate become their own, and a mandate holds from its acceptance on.
-- The rule for what exists is in docs/decisiones/0018-facultades-y-aceptacion.md; replaying an old entry applies
-- the same rule.

ALTER TABLE registro_mandato ADD COLUMN aceptado_en TIMESTAMPTZ;
ALTER TABLE registro_mandato DROP CONSTRAINT ck_registro_mandato_facultades;

ALTER TABLE registro_mandato DISABLE TRIGGER guardar;
UPDATE registro_mandato
SET aceptado_en = creado_en,
    facultades = CASE
        WHEN 'ADMINISTRAR' = ANY (facultades) OR facultades = ARRAY['DESPACHAR'] THEN facultades
        ELSE facultades || ARRAY['CONSULTAR', 'BUZON']
    END;
ALTER TABLE registro_mandato ENABLE TRIGGER guardar;

ALTER TABLE registro_mandato ADD CONSTRAINT ck_registro_mandato_facultades CHECK (
    cardinality(facultades) > 0 AND facultades <@ ARRAY['ADMINISTRAR', 'CONSULTAR', 'TRAMITAR', 'PRESENTAR',
    'FIRMAR', 'BUZON', 'VENDER', 'DESPACHAR', 'OFERTAR', 'COMPRAR', 'EVALUAR', 'PAGAR', 'REGULAR']);

-- The same as `vigente` of empresa_digital.registro.mandatos.facultades; a test compares them case by case.
CREATE FUNCTION registro_mandato_vigente(m registro_mandato, instante TIMESTAMPTZ) RETURNS BOOLEAN
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(m.aceptado_en <= instante, false)
       AND m.valido_desde <= instante
       AND coalesce(m.valido_hasta > instante, true)
       AND coalesce(m.revocado_en > instante, true)
$$;
