-- As the revision of budgets has it; and what is left of a certificate goes back to the ceiling by a mandate of its entity, or
-- without any: by the platform, when its year ended.
CREATE OR REPLACE FUNCTION pagos_motivo_de_presupuesto(
    d pagos_cuenta, c pagos_cuenta, p_codigo smallint, p_tipo smallint, p_unidad uuid, p_mandato uuid
) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN p_tipo = 1 AND d.moneda = 'BOP' AND c.moneda = 'BOP' AND CASE p_codigo
        WHEN 120 THEN d.tipo = 'techo' AND c.tipo = 'presupuesto'
        WHEN 121 THEN d.tipo = 'presupuesto' AND c.tipo = 'compromiso'
        WHEN 122 THEN d.tipo = 'compromiso' AND c.tipo = 'ejecutado'
        WHEN 123 THEN d.tipo = 'compromiso' AND c.tipo = 'presupuesto'
        WHEN 124 THEN d.tipo = 'presupuesto' AND c.tipo = 'techo'
        ELSE false END
    AND (p_codigo NOT IN (120, 121, 124) OR p_codigo = 124 AND p_mandato IS NULL
        OR p_mandato IS NOT NULL AND EXISTS (
            SELECT FROM pagos_certificado x
            WHERE x.cuenta = CASE p_codigo WHEN 120 THEN c.id ELSE d.id END AND x.unidad_id = p_unidad))
    AND (p_codigo NOT IN (121, 123) OR EXISTS (
        SELECT FROM pagos_compromiso k JOIN pagos_certificado x ON x.id = k.certificado_id
        WHERE k.cuenta = CASE p_codigo WHEN 121 THEN c.id ELSE d.id END
          AND x.cuenta = CASE p_codigo WHEN 121 THEN d.id ELSE c.id END));
END $$;
