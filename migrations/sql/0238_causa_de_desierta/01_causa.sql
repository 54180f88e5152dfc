-- Why something is deserted: one of those that SICOES tells, or another that is said in words. Those of before say none,
-- and a decision is never changed: what is decided now says it (trigger).
ALTER TABLE feria_adjudicacion ADD COLUMN causa VARCHAR(17);
ALTER TABLE feria_adjudicacion
    ADD CONSTRAINT ck_feria_adjudicacion_causa CHECK (causa IN ('sin_propuestas', 'no_cumplen', 'sobre_presupuesto',
        'desistimiento', 'descalificacion', 'otra')),
    ADD CONSTRAINT ck_feria_adjudicacion_causa_de_desierta CHECK (causa IS NULL OR resultado = 'desierto');

CREATE FUNCTION feria_adjudicacion_dice_su_causa() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what is deserted says why' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER feria_adjudicacion_dice_su_causa BEFORE INSERT ON feria_adjudicacion
    FOR EACH ROW WHEN (NEW.resultado = 'desierto' AND NEW.causa IS NULL)
    EXECUTE FUNCTION feria_adjudicacion_dice_su_causa();
