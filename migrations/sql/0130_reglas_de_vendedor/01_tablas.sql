-- What each kind of seller may sell, up to how much, with which documents: dated rows.
CREATE TABLE comercio_regla_de_vendedor (
    id uuid NOT NULL,
    clase varchar(12) NOT NULL,
    que varchar(10) NOT NULL,
    permite boolean NOT NULL,
    tope_anual bigint,
    documentos text[] NOT NULL,
    que_se_pide varchar(300) NOT NULL,
    norma varchar(200) NOT NULL,
    confirmado boolean NOT NULL,
    vigente_desde date NOT NULL,
    vigente_hasta date,
    dispuso varchar(200) NOT NULL,
    CONSTRAINT pk_comercio_regla_de_vendedor PRIMARY KEY (id),
    CONSTRAINT ck_comercio_regla_de_vendedor_clase CHECK (
        clase IN ('firma', 'unipersonal', 'cooperativa', 'asociacion', 'comunidad', 'individual')),
    CONSTRAINT ck_comercio_regla_de_vendedor_que CHECK (que IN ('bienes', 'servicios')),
    CONSTRAINT ck_comercio_regla_de_vendedor_tope_anual CHECK (tope_anual > 0),
    CONSTRAINT ck_comercio_regla_de_vendedor_norma CHECK (norma <> '' AND que_se_pide <> ''),
    CONSTRAINT ck_comercio_regla_de_vendedor_vigencia CHECK (vigente_hasta > vigente_desde),
    CONSTRAINT ex_comercio_regla_de_vendedor_una EXCLUDE USING gist (
        clase WITH =, que WITH =, daterange(vigente_desde, vigente_hasta) WITH &&)
);
CREATE TABLE comercio_requisito_visto (
    id uuid NOT NULL,
    producto_id uuid NOT NULL,
    regla_id uuid NOT NULL,
    faltaban text[] NOT NULL,
    vendido_centavos bigint NOT NULL,
    visto_en timestamptz NOT NULL,
    CONSTRAINT pk_comercio_requisito_visto PRIMARY KEY (id),
    CONSTRAINT fk_comercio_requisito_visto_producto_id FOREIGN KEY (producto_id) REFERENCES comercio_producto (id),
    CONSTRAINT fk_comercio_requisito_visto_regla_id FOREIGN KEY (regla_id)
        REFERENCES comercio_regla_de_vendedor (id),
    CONSTRAINT ck_comercio_requisito_visto_vendido CHECK (vendido_centavos >= 0)
);
CREATE INDEX ix_comercio_requisito_visto_producto_id_id ON comercio_requisito_visto (producto_id, id);

-- A rule is not rewritten: it ends once, on a day to come.
CREATE TRIGGER comercio_regla_de_vendedor_inmutable
    BEFORE UPDATE OF id, clase, que, permite, tope_anual, documentos, que_se_pide, norma, confirmado,
        vigente_desde, dispuso
    ON comercio_regla_de_vendedor FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_regla_de_vendedor_fin BEFORE UPDATE OF vigente_hasta ON comercio_regla_de_vendedor
    FOR EACH ROW WHEN (OLD.vigente_hasta IS NOT NULL) EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_regla_de_vendedor_sin_borrado BEFORE DELETE ON comercio_regla_de_vendedor
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_requisito_visto_inmutable BEFORE UPDATE OR DELETE ON comercio_requisito_visto
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
GRANT SELECT, INSERT, UPDATE (vigente_hasta) ON comercio_regla_de_vendedor TO qhatu_aplicacion;
GRANT SELECT, INSERT ON comercio_requisito_visto TO qhatu_aplicacion;

-- Norms that nobody of ours has read yet: shown, never blocking.
INSERT INTO comercio_regla_de_vendedor (id, clase, que, permite, tope_anual, documentos, que_se_pide, norma, confirmado,
                                        vigente_desde, dispuso)
SELECT ('018f0000-0000-7000-8000-0000001210' || lpad(row_number() OVER (ORDER BY r.clase, q.que)::text, 2, '0'))::uuid,
       r.clase, q.que, true, r.tope, r.documentos, r.que_se_pide, r.norma, false, '2017-01-01', ''
FROM (VALUES
    ('firma', NULL::bigint, '{BO-NIT,BO-MATRICULA}'::text[],
     'NIT y matrícula de comercio; factura cada venta.', 'Código de Comercio (DL 14379), matrícula de comercio'),
    ('unipersonal', NULL, '{BO-NIT,BO-MATRICULA}',
     'NIT y matrícula de comercio a nombre de quien la lleva.', 'Código de Comercio (DL 14379), matrícula de comercio'),
    ('cooperativa', NULL, '{BO-NIT,BO-COOP}',
     'NIT y registro estatal de cooperativas.', 'Ley 356 General de Cooperativas (2013)'),
    ('asociacion', NULL, '{BO-NIT}',
     'NIT y su personalidad jurídica; las organizaciones económicas campesinas, su registro.',
     'Ley 338 de Organizaciones Económicas (2013)'),
    ('comunidad', NULL, '{}',
     'La personalidad jurídica de la comunidad, o la certificación de su organización.',
     'Ley 338 de Organizaciones Económicas (2013)'),
    ('individual', 18400000, '{}',
     'Vende lo que hace. Si pasa del tope del régimen simplificado, saca su NIT del régimen general.',
     'DS 24484 y modificaciones, régimen tributario simplificado')
) AS r (clase, tope, documentos, que_se_pide, norma)
CROSS JOIN (VALUES ('bienes'), ('servicios')) AS q (que);
