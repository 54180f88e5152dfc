-- By what the bids of a process are compared, and what their quality is worth; what there is goes by the price.
ALTER TABLE feria_convocatoria
    ADD COLUMN metodo VARCHAR(16) NOT NULL DEFAULT 'precio',
    ADD COLUMN puntos_tecnica SMALLINT NOT NULL DEFAULT 0,
    ADD COLUMN minimo_tecnica SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE feria_convocatoria
    ALTER COLUMN metodo DROP DEFAULT,
    ALTER COLUMN puntos_tecnica DROP DEFAULT,
    ALTER COLUMN minimo_tecnica DROP DEFAULT,
    ADD CONSTRAINT ck_feria_convocatoria_metodo
        CHECK (metodo IN ('precio', 'calidad_y_costo', 'calidad', 'presupuesto_fijo', 'menor_costo')),
    ADD CONSTRAINT ck_feria_convocatoria_puntos_tecnica CHECK (
        (metodo = 'precio') = (puntos_tecnica = 0) AND puntos_tecnica BETWEEN 0 AND 100
        AND (metodo <> 'calidad_y_costo' OR puntos_tecnica < 100)
        AND minimo_tecnica BETWEEN 0 AND puntos_tecnica);

CREATE FUNCTION feria_convocatoria_con_metodo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'how a published call compares does not change' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER feria_convocatoria_con_metodo BEFORE UPDATE ON feria_convocatoria FOR EACH ROW
    WHEN (OLD.estado <> 'borrador' AND (NEW.metodo, NEW.puntos_tecnica, NEW.minimo_tecnica)
        IS DISTINCT FROM (OLD.metodo, OLD.puntos_tecnica, OLD.minimo_tecnica))
    EXECUTE FUNCTION feria_convocatoria_con_metodo();

-- The evaluation of the bids is an act, written while they are evaluated; the last one counts.
ALTER TABLE feria_acta
    DROP CONSTRAINT ck_feria_acta_clase,
    ADD CONSTRAINT ck_feria_acta_clase
        CHECK (clase IN ('apertura', 'enmienda', 'ampliacion', 'suspension', 'reanudacion', 'informe', 'evaluacion')),
    DROP CONSTRAINT ck_feria_acta_version,
    ADD CONSTRAINT ck_feria_acta_version
        CHECK ((clase IN ('apertura', 'informe', 'evaluacion')) = (version IS NULL) AND version > 1);

CREATE TABLE feria_margen (
    id UUID NOT NULL,
    codigo VARCHAR(24) NOT NULL,
    clase VARCHAR(9) NOT NULL,
    nombre VARCHAR(120) NOT NULL,
    por_ciento SMALLINT NOT NULL,
    formula VARCHAR(8) NOT NULL,
    confirmado BOOLEAN NOT NULL,
    fuente VARCHAR(200) NOT NULL,
    nota VARCHAR(500) NOT NULL,
    vigente_desde DATE NOT NULL,
    vigente_hasta DATE,
    CONSTRAINT pk_feria_margen PRIMARY KEY (id),
    CONSTRAINT uq_feria_margen_codigo_vigente_desde UNIQUE (codigo, vigente_desde),
    CONSTRAINT ck_feria_margen_clase CHECK (clase IN ('origen', 'productor')),
    CONSTRAINT ck_feria_margen_formula CHECK (formula IN ('suma', 'sucesiva')),
    CONSTRAINT ck_feria_margen_por_ciento CHECK (por_ciento BETWEEN 1 AND 99),
    CONSTRAINT ck_feria_margen_fuente CHECK (char_length(fuente) >= 3),
    CONSTRAINT ck_feria_margen_vigencia CHECK (vigente_hasta >= vigente_desde)
);
GRANT SELECT ON feria_margen TO qhatu_aplicacion;
INSERT INTO feria_margen (id, codigo, clase, nombre, por_ciento, formula, confirmado, fuente, nota, vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-00000000fd01', 'hecho_en_bolivia', 'origen', 'Hecho en Bolivia', 10, 'suma', false,
     'DS 2753', 'Por confirmar con el texto de la norma.', '2016-05-01'),
    ('018f0000-0000-7000-8000-00000000fd02', 'costo_local_30', 'origen',
     'Del 30 al 50 % del costo bruto de producción es local', 25, 'suma', false, 'DS 2753',
     'Por confirmar con el texto de la norma.', '2016-05-01'),
    ('018f0000-0000-7000-8000-00000000fd03', 'costo_local_50', 'origen',
     'Más del 50 % del costo bruto de producción es local', 35, 'suma', false, 'DS 2753',
     'Por confirmar con el texto de la norma.', '2016-05-01'),
    ('018f0000-0000-7000-8000-00000000fd04', 'mype', 'productor',
     'MyPE, organización económica campesina o asociación de pequeños productores', 20, 'suma', false, 'DS 2753',
     'Unas fuentes dicen 18 %; unas los suman y otras los combinan.', '2016-05-01');
