ALTER TABLE envios_porte DROP CONSTRAINT IF EXISTS ck_envios_porte_estado,
    ADD CONSTRAINT ck_envios_porte_estado CHECK (estado IN ('retenido', 'liquidado', 'devuelto', 'en_efectivo'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_porte FOR EACH ROW
    WHEN (NEW.estado NOT IN ('retenido', 'en_efectivo')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_porte FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'retenido' THEN NEW.estado IN ('liquidado', 'devuelto')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE envios_excedente DROP CONSTRAINT IF EXISTS ck_envios_excedente_estado,
    ADD CONSTRAINT ck_envios_excedente_estado CHECK (estado IN ('por_consentir', 'pagado', 'en_efectivo', 'rechazado', 'vencido'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_excedente FOR EACH ROW
    WHEN (NEW.estado NOT IN ('por_consentir')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_excedente FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'por_consentir' THEN NEW.estado IN ('pagado', 'en_efectivo', 'rechazado', 'vencido')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

ALTER TABLE envios_deuda DROP CONSTRAINT IF EXISTS ck_envios_deuda_estado,
    ADD CONSTRAINT ck_envios_deuda_estado CHECK (estado IN ('pendiente', 'saldada', 'cancelada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_deuda FOR EACH ROW
    WHEN (NEW.estado NOT IN ('pendiente')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_deuda FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'pendiente' THEN NEW.estado IN ('saldada', 'cancelada')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
