-- The authority gives a unit back to somebody (death, lost access, dispute): two officials, notice to everybody of the
-- unit, a waiting time, and the right to object.
CREATE TABLE registro_recuperacion (
    id UUID NOT NULL,
    unidad_id UUID NOT NULL,
    causa TEXT NOT NULL,
    motivo TEXT NOT NULL,
    cedula TEXT NOT NULL,
    quita UUID[] NOT NULL,
    estado TEXT NOT NULL,
    abierta_por UUID NOT NULL,
    abierta_en TIMESTAMPTZ NOT NULL,
    puede_desde TIMESTAMPTZ NOT NULL,
    vence_en TIMESTAMPTZ NOT NULL,
    objetada_por UUID,
    objetada_en TIMESTAMPTZ,
    objecion TEXT,
    resuelta_por UUID,
    resuelta_en TIMESTAMPTZ,
    resolucion TEXT,
    mandato_id UUID,
    CONSTRAINT pk_registro_recuperacion PRIMARY KEY (id),
    CONSTRAINT fk_registro_recuperacion_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_registro_recuperacion_abierta_por FOREIGN KEY (abierta_por) REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_registro_recuperacion_objetada_por FOREIGN KEY (objetada_por) REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_registro_recuperacion_resuelta_por FOREIGN KEY (resuelta_por) REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_registro_recuperacion_mandato_id FOREIGN KEY (mandato_id) REFERENCES registro_mandato (id),
    CONSTRAINT ck_registro_recuperacion_causa CHECK (causa IN ('fallecimiento', 'acceso_perdido', 'disputa')),
    CONSTRAINT ck_registro_recuperacion_plazos CHECK (
        puede_desde >= abierta_en + interval '10 days' AND vence_en > puede_desde
        AND vence_en <= abierta_en + interval '60 days'),
    CONSTRAINT ck_registro_recuperacion_objecion CHECK (
        num_nonnulls(objetada_por, objetada_en, objecion) IN (0, 3) AND (estado <> 'objetada' OR objecion IS NOT NULL)),
    -- Another official, not before its time, and in writing when somebody objected.
    CONSTRAINT ck_registro_recuperacion_ejecucion CHECK (estado <> 'ejecutada' OR (
        resuelta_por IS NOT NULL AND resuelta_por <> abierta_por AND mandato_id IS NOT NULL
        AND resuelta_en >= puede_desde AND resuelta_en < vence_en
        AND (objecion IS NULL OR resolucion IS NOT NULL))),
    CONSTRAINT ck_registro_recuperacion_resuelta CHECK (
        (estado IN ('abierta', 'objetada')) = (resuelta_en IS NULL))
);
CREATE UNIQUE INDEX uq_registro_recuperacion_una ON registro_recuperacion (unidad_id)
    WHERE estado IN ('abierta', 'objetada');
CREATE INDEX ix_registro_recuperacion_unidad ON registro_recuperacion (unidad_id, abierta_en);
GRANT SELECT, INSERT, UPDATE (estado, objetada_por, objetada_en, objecion, resuelta_por, resuelta_en, resolucion,
    mandato_id) ON registro_recuperacion TO qhatu_aplicacion;

ALTER TABLE registro_recuperacion DROP CONSTRAINT IF EXISTS ck_registro_recuperacion_estado,
    ADD CONSTRAINT ck_registro_recuperacion_estado CHECK (estado IN ('abierta', 'objetada', 'ejecutada', 'desistida', 'vencida'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON registro_recuperacion FOR EACH ROW
    WHEN (NEW.estado NOT IN ('abierta')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON registro_recuperacion FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'abierta' THEN NEW.estado IN ('objetada', 'ejecutada', 'desistida', 'vencida')
        WHEN 'objetada' THEN NEW.estado IN ('ejecutada', 'desistida', 'vencida')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
