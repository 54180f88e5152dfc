-- Limits of a mandate by day and month beside the one by act, and what was used of them.

ALTER TABLE registro_mandato ADD COLUMN limite_dia BIGINT, ADD COLUMN limite_mes BIGINT;
ALTER TABLE registro_mandato ADD CONSTRAINT ck_registro_mandato_limites CHECK (
    limite_dia > 0 AND limite_mes > 0
    AND monto_limite <= limite_dia AND monto_limite <= limite_mes AND limite_dia <= limite_mes);

-- What counts toward the limits, as data: by which faculty, whether each act is compared with the limit by act,
-- whether its amount adds up by day and month, which amount it is, and what gives it back.
CREATE TABLE registro_caso_de_uso (
    caso VARCHAR(20) NOT NULL,
    facultad VARCHAR(12) NOT NULL,
    por_acto BOOLEAN NOT NULL,
    acumula BOOLEAN NOT NULL,
    del_libro BOOLEAN NOT NULL,  -- taken and given back by the ledger's functions alone
    monto TEXT NOT NULL,
    vuelve TEXT,
    CONSTRAINT pk_registro_caso_de_uso PRIMARY KEY (caso),
    CONSTRAINT ck_registro_caso_de_uso_vuelve CHECK (vuelve IS NULL OR acumula)
);
INSERT INTO registro_caso_de_uso (caso, facultad, por_acto, acumula, del_libro, monto, vuelve) VALUES
    ('pago', 'PAGAR', true, true, true, 'lo que sale de la cuenta',
     'anular o vencer lo reservado, confirmar menos, y lo que devuelve quien cobró'),
    ('planilla', 'PAGAR', true, true, true, 'cada línea', 'lo que devuelve quien cobró'),
    ('retiro', 'PAGAR', true, true, true, 'lo que va al banco', 'cancelarlo, o que el banco lo rechace o devuelva'),
    ('comision', 'PAGAR', false, true, true, 'la comisión de un retiro', 'lo mismo que devuelve el retiro'),
    ('devolucion', 'PAGAR', true, true, true, 'lo que se devuelve a quien pagó', 'que la tarjeta no lo reciba'),
    ('convocatoria', 'COMPRAR', true, false, false, 'el total referencial de lo que se publica', NULL),
    -- A bid's amount is in its sealed envelope and nowhere else, so it does not add up either.
    ('oferta', 'OFERTAR', true, false, false, 'el total de la oferta, que no se escribe', NULL),
    ('adjudicacion', 'EVALUAR', true, true, false, 'el total adjudicado', 'cancelar la convocatoria'),
    ('orden_de_compra', 'COMPRAR', true, true, false, 'el total de las órdenes emitidas', NULL);

-- One row for each time that a mandate with a limit by day or month is used, and for each part given back. What a
-- mandate has used is their sum. Takes are made under the mandate's lock, so each carries what had been taken that
-- day and month with it, and the next one is judged without adding up the month; giving back needs no lock of the
-- mandate.
CREATE TABLE registro_uso (
    numero BIGINT GENERATED ALWAYS AS IDENTITY,
    mandato_id UUID NOT NULL,
    acto UUID NOT NULL,
    creado_en TIMESTAMPTZ NOT NULL,
    dia DATE NOT NULL,  -- in Bolivia; what is given back, of the day in which it was taken
    monto BIGINT NOT NULL,  -- given back when negative
    tomado_dia BIGINT,
    tomado_mes BIGINT,
    caso VARCHAR(20) NOT NULL,
    CONSTRAINT pk_registro_uso PRIMARY KEY (numero),
    CONSTRAINT fk_registro_uso_mandato_id FOREIGN KEY (mandato_id) REFERENCES registro_mandato (id),
    CONSTRAINT fk_registro_uso_caso FOREIGN KEY (caso) REFERENCES registro_caso_de_uso (caso),
    CONSTRAINT ck_registro_uso_monto CHECK (monto <> 0),
    CONSTRAINT ck_registro_uso_tomado CHECK (CASE
        WHEN monto > 0 THEN num_nonnulls(tomado_dia, tomado_mes) = 2
            AND monto <= tomado_dia AND tomado_dia <= tomado_mes
        ELSE num_nonnulls(tomado_dia, tomado_mes) = 0 END)
);
-- An act takes once of each mandate.
CREATE UNIQUE INDEX uq_registro_uso_acto ON registro_uso (acto, mandato_id) WHERE monto > 0;
CREATE INDEX ix_registro_uso_tomado ON registro_uso (mandato_id, numero) WHERE monto > 0;
CREATE INDEX ix_registro_uso_devuelto ON registro_uso (mandato_id, dia) WHERE monto < 0;
CREATE INDEX ix_registro_uso_acto_devuelto ON registro_uso (acto) WHERE monto < 0;

-- Only the functions write, and what is given back stays written.
GRANT SELECT ON registro_caso_de_uso TO qhatu_aplicacion;
GRANT SELECT ON registro_uso TO qhatu_aplicacion;
