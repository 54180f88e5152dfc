-- With what an entity pays an order, and why the ledger refused it the last time that it was tried.
ALTER TABLE comercio_compromiso
    ADD COLUMN se_paga_con varchar(6) NOT NULL DEFAULT 'cuenta',
    ADD COLUMN falla varchar(60);
ALTER TABLE comercio_compromiso
    ALTER COLUMN se_paga_con DROP DEFAULT,
    ADD CONSTRAINT ck_comercio_compromiso_se_paga_con CHECK (se_paga_con IN ('cuenta', 'c31')),
    DROP CONSTRAINT ck_comercio_compromiso_por_pagar,
    ADD CONSTRAINT ck_comercio_compromiso_por_pagar CHECK (
        (intentar_en IS NULL) = (adeudar_en IS NULL) AND (intentar_en IS NULL OR estado = 'vigente')
        AND (avisar_en IS NULL OR intentar_en IS NOT NULL)
        AND intentos >= 0 AND (intentar_en IS NULL OR intentos > 0)
        AND (falla IS NULL OR intentar_en IS NOT NULL AND se_paga_con = 'cuenta' AND falla <> ''));
GRANT UPDATE (se_paga_con, falla) ON comercio_compromiso TO qhatu_aplicacion;
CREATE TRIGGER comercio_compromiso_con_que BEFORE UPDATE OF se_paga_con ON comercio_compromiso
    FOR EACH ROW WHEN (NEW.se_paga_con <> OLD.se_paga_con AND OLD.estado <> 'vigente')
    EXECUTE FUNCTION comercio_inmutable();
