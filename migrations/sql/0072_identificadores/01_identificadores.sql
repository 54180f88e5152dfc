-- An item may be asked for by several numbers. `envios_envio.numero` stays its principal one, written here with it.
ALTER TABLE registro_habilitacion
    DROP CONSTRAINT ck_registro_habilitacion_habilitacion,
    ADD CONSTRAINT ck_registro_habilitacion_habilitacion CHECK (habilitacion IN (
        'VENDEDOR', 'PROVEEDOR_DEL_ESTADO', 'OPERADOR_POSTAL', 'OPERADOR_DESIGNADO', 'ENTIDAD_CONTRATANTE',
        'RECEPTOR_DE_PAGOS', 'AUTORIDAD_REGULADORA'
    ));

CREATE TABLE envios_identificador (
    id uuid NOT NULL,
    envio_id uuid NOT NULL,
    esquema text NOT NULL,
    emisor_unidad_id uuid,
    texto varchar(60) NOT NULL,
    normalizado varchar(40) NOT NULL,
    principal boolean NOT NULL,
    desde date NOT NULL,
    hasta date NOT NULL,
    creado_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    agregado_por varchar(120) NOT NULL,
    retirado_en timestamptz,
    CONSTRAINT pk_envios_identificador PRIMARY KEY (id),
    CONSTRAINT fk_envios_identificador_envio_id FOREIGN KEY (envio_id) REFERENCES envios_envio (id),
    CONSTRAINT fk_envios_identificador_emisor_unidad_id
        FOREIGN KEY (emisor_unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT ck_envios_identificador_esquema CHECK (esquema IN ('s10', 'casa', 'operador', 'remitente')),
    CONSTRAINT ck_envios_identificador_vigencia CHECK (desde < hasta),
    CONSTRAINT ck_envios_identificador_emisor CHECK (principal = (emisor_unidad_id IS NULL)),
    CONSTRAINT ck_envios_identificador_principal
        CHECK (NOT principal OR (esquema IN ('s10', 'casa') AND retirado_en IS NULL)),
    CONSTRAINT ck_envios_identificador_normalizado CHECK (CASE esquema
        WHEN 's10' THEN normalizado ~ '^[A-Z]{2}[0-9]{9}[A-Z]{2}$'
        WHEN 'casa' THEN principal AND normalizado ~ '^QH[0-9]{9}$'
        ELSE normalizado ~ '^[A-Z0-9][A-Z0-9/._#:]{2,39}$' AND normalizado !~ '^QH[0-9]{9}$' END),
    -- S10 and the house's number mean one item everywhere; the others, one item for each issuer.
    CONSTRAINT ex_envios_identificador_vigente EXCLUDE USING gist (
        esquema WITH =,
        (CASE WHEN esquema IN ('s10', 'casa') THEN '00000000-0000-0000-0000-000000000000' ELSE emisor_unidad_id END)
            WITH =,
        normalizado WITH =,
        daterange(desde, hasta) WITH &&
    ) WHERE (retirado_en IS NULL)
);
CREATE INDEX ix_envios_identificador_normalizado ON envios_identificador (normalizado, desde);
CREATE INDEX ix_envios_identificador_envio ON envios_identificador (envio_id);
CREATE UNIQUE INDEX uq_envios_identificador_principal ON envios_identificador (envio_id) WHERE principal;
GRANT SELECT, INSERT, UPDATE (retirado_en) ON envios_identificador TO qhatu_aplicacion;

INSERT INTO envios_identificador
    (id, envio_id, esquema, texto, normalizado, principal, desde, hasta, creado_en, agregado_por)
SELECT gen_random_uuid(), id, 's10', numero, numero, true, numero_desde, numero_hasta, creado_en, 'sistema:anuncio'
FROM envios_envio;

ALTER TABLE envios_envio
    DROP CONSTRAINT ex_envios_envio_numero_vigente,
    DROP CONSTRAINT ck_envios_envio_vigencia,
    DROP CONSTRAINT ck_envios_envio_numero,
    ADD CONSTRAINT ck_envios_envio_numero CHECK (numero ~ '^([A-Z]{2}[0-9]{9}[A-Z]{2}|QH[0-9]{9})$'),
    DROP COLUMN numero_desde,
    DROP COLUMN numero_hasta;

CREATE FUNCTION envios_identificar() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    dia CONSTANT date := (NEW.creado_en AT TIME ZONE 'America/La_Paz')::date;
BEGIN
    INSERT INTO envios_identificador
        (id, envio_id, esquema, texto, normalizado, principal, desde, hasta, creado_en, agregado_por)
    VALUES (gen_random_uuid(), NEW.id, CASE WHEN NEW.numero ~ '^QH[0-9]{9}$' THEN 'casa' ELSE 's10' END,
        NEW.numero, NEW.numero, true, dia, (dia + interval '24 months')::date, NEW.creado_en, 'sistema:anuncio');
    RETURN NULL;
END $$;
CREATE TRIGGER envios_envio_identificar AFTER INSERT ON envios_envio
    FOR EACH ROW EXECUTE FUNCTION envios_identificar();
