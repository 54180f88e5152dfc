-- The QR codes under which a person is paid: each says how much and what for, or neither, until it expires or its owner
-- voids it. `codigo` is what is printed: nobody works it out from another, nor learns from it whose wallet it is.
CREATE TABLE pagos_codigo_de_persona (
    id uuid NOT NULL,
    codigo varchar(16) NOT NULL,
    persona_id uuid NOT NULL,
    monto bigint,
    nota varchar(140),
    creado_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    vence_en timestamptz,
    anulado_en timestamptz,
    CONSTRAINT pk_pagos_codigo_de_persona PRIMARY KEY (id),
    CONSTRAINT uq_pagos_codigo_de_persona_codigo UNIQUE (codigo),
    CONSTRAINT fk_pagos_codigo_de_persona_persona_id_ciudadania_persona
        FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT ck_pagos_codigo_de_persona_codigo_bien_escrito CHECK (codigo ~ '^[A-Z2-7]{16}$'),
    CONSTRAINT ck_pagos_codigo_de_persona_monto_positivo CHECK (monto > 0),
    CONSTRAINT ck_pagos_codigo_de_persona_nota_escrita CHECK (nota <> '' AND nota = btrim(nota)),
    CONSTRAINT ck_pagos_codigo_de_persona_vence_despues CHECK (vence_en > creado_en)
);
CREATE INDEX ix_pagos_codigo_de_persona_persona ON pagos_codigo_de_persona (persona_id, creado_en);
GRANT SELECT, INSERT, UPDATE (anulado_en) ON pagos_codigo_de_persona TO qhatu_aplicacion;

-- What is printed and pasted on a wall says for ever what it said; voided once, it never pays again.
CREATE FUNCTION pagos_codigo_solo_se_anula() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.anulado_en IS NOT NULL OR NEW.anulado_en IS NULL OR (NEW.id, NEW.codigo, NEW.persona_id, NEW.monto, NEW.nota, NEW.creado_en, NEW.vence_en)
        IS DISTINCT FROM (OLD.id, OLD.codigo, OLD.persona_id, OLD.monto, OLD.nota, OLD.creado_en, OLD.vence_en) THEN
        RAISE EXCEPTION 'un código solo se anula, y una vez: %', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pagos_codigo_solo_se_anula BEFORE UPDATE ON pagos_codigo_de_persona
    FOR EACH ROW EXECUTE FUNCTION pagos_codigo_solo_se_anula();
CREATE TRIGGER pagos_codigo_de_persona_inmutable BEFORE DELETE OR TRUNCATE ON pagos_codigo_de_persona
    FOR EACH STATEMENT EXECUTE FUNCTION nucleo_inmutable();
