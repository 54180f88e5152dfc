ALTER TABLE envios_tarifario DROP CONSTRAINT IF EXISTS ck_envios_tarifario_estado,
    ADD CONSTRAINT ck_envios_tarifario_estado CHECK (estado IN ('borrador', 'publicado', 'retirado', 'descartado'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_tarifario FOR EACH ROW
    WHEN (NEW.estado NOT IN ('borrador')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_tarifario FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'borrador' THEN NEW.estado IN ('publicado', 'descartado')
        WHEN 'publicado' THEN (NEW.estado = 'retirado' AND OLD.vigente_desde > nucleo_ahora())
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
