-- A claim that was won and that the gateway says lost after all: no money moves, and `verify` says it.
ALTER TABLE pagos_disputa ADD COLUMN desmentida_en timestamptz,
    ADD CONSTRAINT ck_pagos_disputa_desmentida CHECK (desmentida_en IS NULL OR estado = 'ganada');
GRANT UPDATE (desmentida_en) ON pagos_disputa TO qhatu_aplicacion;
