-- What changed in a version, out of its own text: a page of ten versions does not read ten whole plans.
ALTER TABLE feria_plan_version
    ADD COLUMN cambio JSONB GENERATED ALWAYS AS ((contenido::jsonb) -> 'cambio') STORED;
