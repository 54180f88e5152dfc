-- A bank may give back what it had taken (`recuperada_en`). Of what came out of a matter, so much has still to be given to
-- whose it was.
ALTER TABLE pagos_disputa ADD COLUMN por_repartir bigint NOT NULL DEFAULT 0,
    ADD COLUMN recuperada_en timestamptz,
    ADD CONSTRAINT ck_pagos_disputa_recuperada CHECK (recuperada_en IS NULL OR estado = 'ganada' AND retenido + cobrado = 0),
    ADD CONSTRAINT ck_pagos_disputa_por_repartir CHECK (por_repartir = 0 OR por_repartir > 0 AND recuperada_en IS NOT NULL);
ALTER TABLE pagos_disputa ALTER COLUMN por_repartir DROP DEFAULT;
GRANT UPDATE (por_repartir, recuperada_en) ON pagos_disputa TO qhatu_aplicacion;
