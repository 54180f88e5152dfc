-- What a pending transfer holds money for, and who ends it. The ledger's row of the same id is the money.
CREATE TABLE pagos_reserva (
    id UUID NOT NULL,
    debito BIGINT NOT NULL,
    credito BIGINT NOT NULL,
    monto BIGINT NOT NULL,
    codigo SMALLINT NOT NULL,
    motivo VARCHAR(140) NOT NULL,
    resuelve VARCHAR(12) NOT NULL,
    creada_en TIMESTAMPTZ NOT NULL,
    vence_en TIMESTAMPTZ NOT NULL,
    estado VARCHAR(10) NOT NULL,
    confirmado BIGINT NOT NULL,
    resuelta_en TIMESTAMPTZ,
    CONSTRAINT pk_pagos_reserva PRIMARY KEY (id),
    CONSTRAINT fk_pagos_reserva_id FOREIGN KEY (id) REFERENCES pagos_pendiente (id),
    CONSTRAINT fk_pagos_reserva_debito FOREIGN KEY (debito) REFERENCES pagos_cuenta (id),
    CONSTRAINT fk_pagos_reserva_credito FOREIGN KEY (credito) REFERENCES pagos_cuenta (id),
    CONSTRAINT ck_pagos_reserva_motivo CHECK (motivo <> ''),
    CONSTRAINT ck_pagos_reserva_resuelve CHECK (resuelve IN ('quien_paga', 'quien_recibe')),
    CONSTRAINT ck_pagos_reserva_plazo CHECK (
        vence_en - creada_en BETWEEN interval '60 seconds' AND interval '31 days'),
    CONSTRAINT ck_pagos_reserva_confirmado CHECK (
        confirmado BETWEEN 0 AND monto AND (confirmado > 0) = (estado = 'confirmada')),
    CONSTRAINT ck_pagos_reserva_resuelta CHECK ((estado = 'abierta') = (resuelta_en IS NULL))
);
CREATE INDEX ix_pagos_reserva_debito ON pagos_reserva (debito, creada_en, id);
CREATE INDEX ix_pagos_reserva_credito ON pagos_reserva (credito, creada_en, id);
CREATE INDEX ix_pagos_reserva_vence_en ON pagos_reserva (vence_en) WHERE estado = 'abierta';
GRANT SELECT, INSERT, UPDATE (estado, confirmado, resuelta_en) ON pagos_reserva TO qhatu_aplicacion;

ALTER TABLE pagos_reserva DROP CONSTRAINT IF EXISTS ck_pagos_reserva_estado,
    ADD CONSTRAINT ck_pagos_reserva_estado CHECK (estado IN ('abierta', 'confirmada', 'anulada', 'vencida'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON pagos_reserva FOR EACH ROW
    WHEN (NEW.estado NOT IN ('abierta')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON pagos_reserva FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'abierta' THEN NEW.estado IN ('confirmada', 'anulada', 'vencida')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();

-- Nobody writes a reserve, nor its end, that the ledger does not have.
CREATE FUNCTION pagos_reserva_como_el_libro() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM pagos_pendiente q
    WHERE q.id = NEW.id AND q.estado = NEW.estado AND q.monto_confirmado = NEW.confirmado
      AND (q.debito, q.credito, q.monto, q.codigo, q.vence_en)
        = (NEW.debito, NEW.credito, NEW.monto, NEW.codigo, NEW.vence_en);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'la reserva % no es lo que dice el libro', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER como_el_libro BEFORE INSERT OR UPDATE ON pagos_reserva FOR EACH ROW
    EXECUTE FUNCTION pagos_reserva_como_el_libro();
