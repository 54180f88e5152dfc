-- What an authority decides, as data: matter, kind, place, norm and dates. And the dated list of norms.
CREATE TABLE registro_norma (
    codigo TEXT NOT NULL,
    titulo TEXT NOT NULL,
    vigente_desde DATE NOT NULL,
    vigente_hasta DATE,
    confirmado BOOLEAN NOT NULL,
    creada_en TIMESTAMPTZ NOT NULL,
    CONSTRAINT pk_registro_norma PRIMARY KEY (codigo),
    CONSTRAINT ck_registro_norma_codigo CHECK (codigo ~ '^[A-Z0-9]+([-/.][A-Z0-9]+)*$' AND length(codigo) <= 40),
    CONSTRAINT ck_registro_norma_titulo CHECK (length(titulo) BETWEEN 3 AND 300),
    CONSTRAINT ck_registro_norma_vigencia CHECK (vigente_hasta >= vigente_desde)
);

CREATE TABLE registro_competencia (
    id UUID NOT NULL,
    autoridad_id UUID NOT NULL,
    materia TEXT NOT NULL,
    clase TEXT,
    lugar TEXT,
    norma TEXT NOT NULL,
    vigente_desde DATE NOT NULL,
    vigente_hasta DATE,
    otorgada_en TIMESTAMPTZ NOT NULL,
    retirada_en TIMESTAMPTZ,
    retirada_motivo TEXT,
    CONSTRAINT pk_registro_competencia PRIMARY KEY (id),
    CONSTRAINT fk_registro_competencia_autoridad_id FOREIGN KEY (autoridad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_registro_competencia_norma FOREIGN KEY (norma) REFERENCES registro_norma (codigo),
    CONSTRAINT ck_registro_competencia_materia CHECK (
        materia IN ('INSCRIPCION', 'HABILITACION', 'MANDATOS', 'PAGOS', 'CALENDARIO', 'COMPETENCIAS')),
    CONSTRAINT ck_registro_competencia_clase CHECK (clase IS NULL OR materia IN ('INSCRIPCION', 'HABILITACION')),
    CONSTRAINT ck_registro_competencia_lugar CHECK (lugar ~ '^([0-9]{2}|[0-9]{6})$'),
    CONSTRAINT ck_registro_competencia_vigencia CHECK (vigente_hasta >= vigente_desde),
    CONSTRAINT ck_registro_competencia_retiro CHECK ((retirada_en IS NULL) = (retirada_motivo IS NULL))
);
CREATE UNIQUE INDEX uq_registro_competencia_viva ON registro_competencia
    (autoridad_id, materia, coalesce(clase, ''), coalesce(lugar, ''), vigente_desde) WHERE retirada_en IS NULL;

-- Withdrawn once and for ever; a norm that ended does not end later.
CREATE FUNCTION registro_competencia_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.retirada_en IS NOT NULL THEN
        RAISE EXCEPTION 'una competencia retirada no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guardia BEFORE UPDATE ON registro_competencia
    FOR EACH ROW EXECUTE FUNCTION registro_competencia_guardia();

CREATE FUNCTION registro_norma_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.vigente_hasta IS NOT NULL AND (NEW.vigente_hasta IS NULL OR NEW.vigente_hasta > OLD.vigente_hasta) THEN
        RAISE EXCEPTION 'una norma derogada no se prolonga' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guardia BEFORE UPDATE ON registro_norma
    FOR EACH ROW EXECUTE FUNCTION registro_norma_guardia();

GRANT SELECT, INSERT, UPDATE (vigente_hasta) ON registro_norma TO qhatu_aplicacion;
GRANT SELECT, INSERT, UPDATE (retirada_en, retirada_motivo) ON registro_competencia TO qhatu_aplicacion;

-- Titles and days as commonly cited; nobody here has read them in the gazette, so none is confirmed.
INSERT INTO registro_norma (codigo, titulo, vigente_desde, confirmado, creada_en) VALUES
    ('LEY-1178', 'Administración y control gubernamentales', '1990-07-20', false, nucleo_ahora()),
    ('LEY-2341', 'Procedimiento administrativo', '2002-04-23', false, nucleo_ahora()),
    ('DS-27113', 'Reglamento de la Ley de procedimiento administrativo', '2003-07-23', false, nucleo_ahora()),
    ('DS-0181', 'Normas básicas del sistema de administración de bienes y servicios', '2009-06-28', false, nucleo_ahora()),
    ('LEY-164', 'Telecomunicaciones, tecnologías de información y comunicación, y servicio postal', '2011-08-08', false, nucleo_ahora()),
    ('LEY-393', 'Servicios financieros', '2013-08-21', false, nucleo_ahora()),
    ('LEY-453', 'Derechos de las usuarias y los usuarios y de las consumidoras y los consumidores', '2013-12-04', false, nucleo_ahora()),
    ('LEY-1080', 'Ciudadanía digital', '2018-07-11', false, nucleo_ahora()),
    ('LEY-1398', 'Registro de comercio a cargo del Estado', '2021-09-24', false, nucleo_ahora()),
    ('DS-4596', 'Servicio Plurinacional de Registro de Comercio', '2021-10-06', false, nucleo_ahora());

-- Authorities decided everything everywhere until now: they go on doing so, by competences that can be withdrawn.
INSERT INTO registro_competencia (id, autoridad_id, materia, norma, vigente_desde, otorgada_en)
SELECT gen_random_uuid(), h.unidad_id, m.materia, 'LEY-1398', h.vigente_desde, nucleo_ahora()
FROM registro_habilitacion h
CROSS JOIN unnest(ARRAY['INSCRIPCION', 'HABILITACION', 'MANDATOS', 'PAGOS', 'CALENDARIO', 'COMPETENCIAS']) AS m (materia)
WHERE h.habilitacion = 'AUTORIDAD_REGULADORA' AND h.vigente_desde IS NOT NULL;

ALTER TABLE registro_asiento DROP CONSTRAINT ck_registro_asiento_operacion,
    ADD CONSTRAINT ck_registro_asiento_operacion CHECK (operacion IN ('crear', 'editar', 'rectificar', 'presentar',
        'observar', 'inscribir', 'suspender', 'rehabilitar', 'cancelar', 'restaurar', 'otorgar_mandato',
        'aceptar_mandato', 'revocar_mandato', 'solicitar_habilitacion', 'otorgar_habilitacion', 'rechazar_habilitacion',
        'suspender_habilitacion'));
