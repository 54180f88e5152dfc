-- A rule of contracting is a value of a modality, of a norm, between two days, with its source: confirmed or
-- not one by one, never changed, and copied into each process at its birth.

CREATE TABLE feria_norma (
    codigo VARCHAR(20) NOT NULL,
    nombre VARCHAR(200) NOT NULL,
    CONSTRAINT pk_feria_norma PRIMARY KEY (codigo),
    CONSTRAINT ck_feria_norma_nombre CHECK (char_length(nombre) >= 3)
);
GRANT SELECT, INSERT ON feria_norma TO qhatu_aplicacion;
-- Those that the processes of SICOES name.
INSERT INTO feria_norma (codigo, nombre) VALUES
    ('NB-SABS', 'Normas Básicas del Sistema de Administración de Bienes y Servicios (DS 0181)'),
    ('DS-4505', 'Compro Hecho en Bolivia (DS 4505)'),
    ('DS-2511', 'DS 2511'),
    ('DS-26688', 'DS 26688'),
    ('DS-2439', 'FPS (DS 2439)'),
    ('FINANCIADOR', 'La del organismo financiador'),
    ('BID', 'Políticas del BID'),
    ('BM', 'Políticas del Banco Mundial'),
    ('OTRA', 'Otra normativa nacional específica');

CREATE TABLE feria_regla (
    id UUID NOT NULL,
    modalidad_id UUID NOT NULL,
    clave VARCHAR(20) NOT NULL,
    valor BIGINT NOT NULL,
    confirmado BOOLEAN NOT NULL,
    fuente VARCHAR(200) NOT NULL,
    nota VARCHAR(500) NOT NULL,
    vigente_desde DATE NOT NULL,
    vigente_hasta DATE,
    CONSTRAINT pk_feria_regla PRIMARY KEY (id),
    CONSTRAINT fk_feria_regla_modalidad_id FOREIGN KEY (modalidad_id) REFERENCES feria_modalidad (id),
    CONSTRAINT ck_feria_regla_clave
        CHECK (clave IN ('monto_desde', 'monto_hasta', 'dias_minimos', 'dias_impugnacion')),
    CONSTRAINT ck_feria_regla_valor CHECK (valor >= 0 AND (clave LIKE 'monto%' OR valor <= 365)),
    CONSTRAINT ck_feria_regla_fuente CHECK (char_length(fuente) >= 3),
    CONSTRAINT ck_feria_regla_vigencia CHECK (vigente_hasta >= vigente_desde),
    -- Two values of one rule can never be in force on the same day.
    CONSTRAINT ex_feria_regla_vigencia EXCLUDE USING gist
        (modalidad_id WITH =, clave WITH =, daterange(vigente_desde, vigente_hasta, '[]') WITH &&)
);
GRANT SELECT, INSERT ON feria_regla TO qhatu_aplicacion;

-- What each process was born with.
ALTER TABLE feria_convocatoria ADD COLUMN reglas JSONB;
UPDATE feria_convocatoria c SET reglas = jsonb_build_object(
    'codigo', m.codigo, 'nombre', m.nombre, 'norma', m.norma, 'metodo_ocds', m.metodo_ocds,
    'valores', (
        SELECT jsonb_object_agg(v.clave, jsonb_build_object(
            'valor', v.valor, 'confirmado', v.confirmado, 'fuente', m.norma, 'nota', v.nota,
            'vigente_desde', m.vigente_desde, 'vigente_hasta', m.vigente_hasta))
        FROM (VALUES
            ('monto_desde', m.monto_desde, true, ''),
            ('monto_hasta', m.monto_hasta, true, ''),
            ('dias_minimos', m.dias_minimos::bigint, m.confirmado, m.nota),
            ('dias_impugnacion', m.dias_impugnacion::bigint, m.confirmado, '')
        ) v (clave, valor, confirmado, nota) WHERE v.valor IS NOT NULL))
FROM feria_modalidad m WHERE m.id = c.modalidad_id;

-- A modality is one row; its values, many. Those that were a row for each span of days become one.
CREATE TEMP TABLE una ON COMMIT DROP AS
    SELECT id, first_value(id) OVER (PARTITION BY codigo ORDER BY vigente_desde) AS queda FROM feria_modalidad;
INSERT INTO feria_regla (id, modalidad_id, clave, valor, confirmado, fuente, nota, vigente_desde, vigente_hasta)
    SELECT md5(u.queda || v.clave || m.vigente_desde)::uuid, u.queda, v.clave, v.valor, v.confirmado, m.norma, v.nota,
        m.vigente_desde, m.vigente_hasta
    FROM feria_modalidad m JOIN una u ON u.id = m.id, LATERAL (VALUES
        ('monto_desde', m.monto_desde, true, ''),
        ('monto_hasta', m.monto_hasta, true, ''),
        ('dias_minimos', m.dias_minimos::bigint, m.confirmado, m.nota),
        ('dias_impugnacion', m.dias_impugnacion::bigint, m.confirmado, '')
    ) v (clave, valor, confirmado, nota) WHERE v.valor IS NOT NULL;
ALTER TABLE feria_convocatoria DISABLE TRIGGER feria_convocatoria_paso;
UPDATE feria_convocatoria c SET modalidad_id = u.queda FROM una u WHERE u.id = c.modalidad_id AND u.queda <> u.id;
ALTER TABLE feria_convocatoria ENABLE TRIGGER feria_convocatoria_paso;
DELETE FROM feria_modalidad m USING una u WHERE u.id = m.id AND u.queda <> u.id;

ALTER TABLE feria_modalidad RENAME COLUMN norma TO texto;
ALTER TABLE feria_modalidad ADD COLUMN norma VARCHAR(20);
UPDATE feria_modalidad SET norma = CASE WHEN texto LIKE 'DS 0181%' THEN 'NB-SABS' ELSE 'OTRA' END;
ALTER TABLE feria_modalidad
    DROP CONSTRAINT ex_feria_modalidad_vigencia,
    DROP CONSTRAINT uq_feria_modalidad_codigo_vigente_desde,
    DROP COLUMN texto, DROP COLUMN nota, DROP COLUMN confirmado, DROP COLUMN vigente_desde,
    DROP COLUMN vigente_hasta, DROP COLUMN monto_desde, DROP COLUMN monto_hasta, DROP COLUMN dias_minimos,
    DROP COLUMN dias_impugnacion,
    ALTER COLUMN norma SET NOT NULL,
    ADD CONSTRAINT fk_feria_modalidad_norma FOREIGN KEY (norma) REFERENCES feria_norma (codigo),
    ADD CONSTRAINT uq_feria_modalidad_norma_codigo UNIQUE (norma, codigo);

-- A value ends one day and the next one begins; it is never another one.
CREATE FUNCTION feria_regla_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.vigente_hasta IS NOT NULL
        OR (NEW.id, NEW.modalidad_id, NEW.clave, NEW.valor, NEW.confirmado, NEW.fuente, NEW.nota, NEW.vigente_desde)
        IS DISTINCT FROM
        (OLD.id, OLD.modalidad_id, OLD.clave, OLD.valor, OLD.confirmado, OLD.fuente, OLD.nota, OLD.vigente_desde)
    THEN
        RAISE EXCEPTION 'a rule only ends' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_regla_guardia BEFORE UPDATE OR DELETE ON feria_regla
    FOR EACH ROW EXECUTE FUNCTION feria_regla_guardia();

ALTER TABLE feria_convocatoria DROP CONSTRAINT ck_feria_convocatoria_publicada;
ALTER TABLE feria_convocatoria ADD CONSTRAINT ck_feria_convocatoria_publicada CHECK (
    estado IN ('borrador', 'programado') OR cancelado_en IS NOT NULL OR (cuce IS NOT NULL AND
    ocid IS NOT NULL AND modalidad_id IS NOT NULL AND reglas IS NOT NULL AND publicado_en IS NOT NULL AND
    vence_en IS NOT NULL AND monto_referencial > 0)
);

CREATE OR REPLACE FUNCTION feria_convocatoria_paso() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.estado <> 'borrador' THEN
            RAISE EXCEPTION 'only a draft can be deleted' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.estado NOT IN ('borrador', 'programado') AND (
        NEW.id, NEW.unidad_id, NEW.titulo, NEW.descripcion, NEW.categoria, NEW.municipio_ine, NEW.lugar_entrega,
        NEW.plazo_entrega_dias, NEW.monto_referencial, NEW.modalidad_id, NEW.reglas, NEW.cuce, NEW.ocid,
        NEW.convocatoria_anterior_id, NEW.publicado_en, NEW.vence_en
    ) IS DISTINCT FROM (
        OLD.id, OLD.unidad_id, OLD.titulo, OLD.descripcion, OLD.categoria, OLD.municipio_ine, OLD.lugar_entrega,
        OLD.plazo_entrega_dias, OLD.monto_referencial, OLD.modalidad_id, OLD.reglas, OLD.cuce, OLD.ocid,
        OLD.convocatoria_anterior_id, OLD.publicado_en, OLD.vence_en
    ) THEN
        RAISE EXCEPTION 'a published call does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado <> OLD.estado AND NEW.estado IN ('recepcion_cerrada', 'apertura')
        AND nucleo_ahora() < NEW.vence_en THEN
        RAISE EXCEPTION 'the deadline has not passed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- Above what was asked nothing is awarded (a cause of rejection); what was decided before stays.
CREATE OR REPLACE FUNCTION feria_adjudicacion_en_evaluacion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT estado FROM feria_convocatoria WHERE id = NEW.convocatoria_id) <> 'evaluacion' THEN
        RAISE EXCEPTION 'the call is not under evaluation' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.total > (SELECT total_referencial FROM feria_item WHERE id = NEW.item_id) THEN
        RAISE EXCEPTION 'an award above the reference' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
