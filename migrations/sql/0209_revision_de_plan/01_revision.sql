-- How many times a plan changed, its draft too, and the one in which each line changed last: who read it says which one
-- they read, and what changed since is not written over.
ALTER TABLE feria_plan
    ADD COLUMN revision INTEGER NOT NULL DEFAULT 1,
    ADD CONSTRAINT ck_feria_plan_revision CHECK (revision > 0);
ALTER TABLE feria_plan ALTER COLUMN revision DROP DEFAULT;
ALTER TABLE feria_plan_linea
    ADD COLUMN revision INTEGER NOT NULL DEFAULT 1,
    ADD CONSTRAINT ck_feria_plan_linea_revision CHECK (revision > 0);
ALTER TABLE feria_plan_linea ALTER COLUMN revision DROP DEFAULT;
GRANT UPDATE (revision) ON feria_plan, feria_plan_linea TO qhatu_aplicacion;
