-- Why something is deserted: one of those that SICOES tells, or another that is said in words. Those of before say none:
-- hence NOT VALID (a decision is never changed).
ALTER TABLE feria_adjudicacion ADD COLUMN causa VARCHAR(17);
ALTER TABLE feria_adjudicacion
    ADD CONSTRAINT ck_feria_adjudicacion_causa CHECK (causa IN ('sin_propuestas', 'no_cumplen', 'sobre_presupuesto',
        'desistimiento', 'descalificacion', 'otra')),
    ADD CONSTRAINT ck_feria_adjudicacion_causa_de_desierta
        CHECK ((resultado = 'desierto') = (causa IS NOT NULL)) NOT VALID;
