-- The certificate whose account it is.
CREATE FUNCTION pagos_certificado_de(p_cuenta bigint) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT id FROM pagos_certificado WHERE cuenta = p_cuenta
$$;

-- What is left of a certificate goes back to its ceiling without a mandate only by the platform, and only once the certificate
-- or its year ended: nobody empties one that is in force but its entity.
CREATE FUNCTION feria_certificacion_revierte() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
            SELECT FROM feria_certificacion f WHERE f.id = pagos_certificado_de(NEW.debito)
              AND (NEW.quien IS NOT NULL OR f.estado = 'vigente' AND f.vence_en > nucleo_ahora())) THEN
        RAISE EXCEPTION 'a certificate that is in force is reverted by its entity' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER feria_certificacion_revierte AFTER INSERT ON pagos_transferencia
    FOR EACH ROW WHEN (NEW.codigo = 124 AND NEW.mandato IS NULL) EXECUTE FUNCTION feria_certificacion_revierte();
