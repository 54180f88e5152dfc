-- Agencies of postal operators, their hours, who works in each, and where each service arrives.
CREATE TABLE envios_agencia (
    id UUID NOT NULL,
    operador_unidad_id UUID NOT NULL,
    codigo TEXT NOT NULL,
    nombre TEXT NOT NULL,
    clase TEXT NOT NULL,
    municipio_ine TEXT NOT NULL,
    direccion TEXT NOT NULL,
    latitud NUMERIC(9, 6),
    longitud NUMERIC(9, 6),
    telefono TEXT,
    estado TEXT NOT NULL,
    cerrada_en TIMESTAMPTZ,
    cerrada_motivo TEXT,
    version INTEGER NOT NULL,
    creada_en TIMESTAMPTZ NOT NULL,
    cambiada_en TIMESTAMPTZ NOT NULL,
    CONSTRAINT pk_envios_agencia PRIMARY KEY (id),
    CONSTRAINT uq_envios_agencia_operador_unidad_id_codigo UNIQUE (operador_unidad_id, codigo),
    CONSTRAINT fk_envios_agencia_operador_unidad_id FOREIGN KEY (operador_unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_envios_agencia_municipio_ine FOREIGN KEY (municipio_ine) REFERENCES registro_municipio (ine),
    CONSTRAINT ck_envios_agencia_codigo CHECK (codigo ~ '^[A-Z0-9][A-Z0-9-]{1,11}$'),
    CONSTRAINT ck_envios_agencia_nombre CHECK (nombre = btrim(nombre) AND length(nombre) BETWEEN 2 AND 80),
    CONSTRAINT ck_envios_agencia_clase CHECK (clase IN ('agencia', 'centro_de_clasificacion', 'punto_de_retiro')),
    CONSTRAINT ck_envios_agencia_direccion CHECK (length(direccion) BETWEEN 3 AND 300),
    CONSTRAINT ck_envios_agencia_coordenadas CHECK ((latitud IS NULL) = (longitud IS NULL)),
    CONSTRAINT ck_envios_agencia_coordenadas_de_bolivia CHECK (latitud BETWEEN -23 AND -9 AND longitud BETWEEN -70 AND -57),
    CONSTRAINT ck_envios_agencia_telefono CHECK (telefono ~ '^\+[1-9][0-9]{4,14}$'),
    CONSTRAINT ck_envios_agencia_cierre CHECK (
        (estado = 'cerrada') = (cerrada_en IS NOT NULL) AND (cerrada_en IS NULL) = (cerrada_motivo IS NULL)
    ),
    CONSTRAINT ck_envios_agencia_version CHECK (version >= 1)
);
CREATE INDEX ix_envios_agencia_lugar ON envios_agencia (municipio_ine, id);
ALTER TABLE envios_agencia DROP CONSTRAINT IF EXISTS ck_envios_agencia_estado,
    ADD CONSTRAINT ck_envios_agencia_estado CHECK (estado IN ('abierta', 'cerrada'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON envios_agencia FOR EACH ROW
    WHEN (NEW.estado NOT IN ('abierta')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON envios_agencia FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'abierta' THEN NEW.estado IN ('cerrada')
        WHEN 'cerrada' THEN NEW.estado IN ('abierta')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
GRANT SELECT, INSERT, UPDATE ON envios_agencia TO qhatu_aplicacion;

CREATE TABLE envios_agencia_horario (
    agencia_id UUID NOT NULL,
    dia SMALLINT NOT NULL,
    abre_min SMALLINT NOT NULL,
    cierra_min SMALLINT NOT NULL,
    CONSTRAINT pk_envios_agencia_horario PRIMARY KEY (agencia_id, dia, abre_min),
    CONSTRAINT fk_envios_agencia_horario_agencia_id FOREIGN KEY (agencia_id) REFERENCES envios_agencia (id),
    CONSTRAINT ck_envios_agencia_horario_dia CHECK (dia BETWEEN 1 AND 7),
    CONSTRAINT ck_envios_agencia_horario_horas CHECK (abre_min >= 0 AND abre_min < cierra_min AND cierra_min <= 1440),
    CONSTRAINT ex_envios_agencia_horario_uno EXCLUDE USING gist (
        agencia_id WITH =, dia WITH =, int4range(abre_min, cierra_min) WITH &&
    )
);
GRANT SELECT, INSERT, DELETE ON envios_agencia_horario TO qhatu_aplicacion;

CREATE TABLE envios_agencia_trabajo (
    id UUID NOT NULL,
    agencia_id UUID NOT NULL,
    persona_id UUID NOT NULL,
    mandato_id UUID NOT NULL,
    desde DATE NOT NULL,
    hasta DATE,
    asignada_en TIMESTAMPTZ NOT NULL,
    asignada_por UUID,
    retirada_en TIMESTAMPTZ,
    retirada_por UUID,
    CONSTRAINT pk_envios_agencia_trabajo PRIMARY KEY (id),
    CONSTRAINT fk_envios_agencia_trabajo_agencia_id FOREIGN KEY (agencia_id) REFERENCES envios_agencia (id),
    CONSTRAINT fk_envios_agencia_trabajo_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_envios_agencia_trabajo_mandato_id FOREIGN KEY (mandato_id) REFERENCES registro_mandato (id),
    CONSTRAINT ck_envios_agencia_trabajo_fechas CHECK (hasta >= desde),
    CONSTRAINT ck_envios_agencia_trabajo_retiro CHECK (retirada_en >= asignada_en),
    CONSTRAINT ex_envios_agencia_trabajo_una EXCLUDE USING gist (
        agencia_id WITH =, persona_id WITH =, daterange(desde, hasta, '[]') WITH &&
    ) WHERE (retirada_en IS NULL)
);
CREATE INDEX ix_envios_agencia_trabajo_persona ON envios_agencia_trabajo (persona_id, agencia_id);
CREATE INDEX ix_envios_agencia_trabajo_agencia ON envios_agencia_trabajo (agencia_id);
-- What was withdrawn stays so.
CREATE FUNCTION envios_agencia_trabajo_retirado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'esa asignación ya se retiró' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER envios_agencia_trabajo_retirado BEFORE UPDATE ON envios_agencia_trabajo FOR EACH ROW
    WHEN (OLD.retirada_en IS NOT NULL) EXECUTE FUNCTION envios_agencia_trabajo_retirado();
GRANT SELECT, INSERT, UPDATE (retirada_en, retirada_por) ON envios_agencia_trabajo TO qhatu_aplicacion;

CREATE TABLE envios_cobertura (
    id UUID NOT NULL,
    operador_unidad_id UUID NOT NULL,
    municipio_ine TEXT NOT NULL,
    servicio TEXT NOT NULL,
    entrega TEXT NOT NULL,
    dias SMALLINT NOT NULL,
    vigente_desde DATE NOT NULL,
    vigente_hasta DATE,
    creada_en TIMESTAMPTZ NOT NULL,
    CONSTRAINT pk_envios_cobertura PRIMARY KEY (id),
    CONSTRAINT fk_envios_cobertura_operador_unidad_id FOREIGN KEY (operador_unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_envios_cobertura_municipio_ine FOREIGN KEY (municipio_ine) REFERENCES registro_municipio (ine),
    CONSTRAINT ck_envios_cobertura_servicio CHECK (servicio ~ '^[a-z0-9][a-z0-9-]{1,19}$'),
    CONSTRAINT ck_envios_cobertura_entrega CHECK (entrega IN ('puerta', 'agencia')),
    CONSTRAINT ck_envios_cobertura_dias CHECK (dias BETWEEN 0 AND 60),
    CONSTRAINT ck_envios_cobertura_vigencia CHECK (vigente_hasta >= vigente_desde),
    CONSTRAINT ex_envios_cobertura_una EXCLUDE USING gist (
        operador_unidad_id WITH =, municipio_ine WITH =, servicio WITH =, entrega WITH =,
        daterange(vigente_desde, vigente_hasta) WITH &&
    )
);
CREATE INDEX ix_envios_cobertura_lugar ON envios_cobertura (municipio_ine, operador_unidad_id);
-- What was in force on a day stays written as it was: only what is to come changes.
CREATE FUNCTION envios_cobertura_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    hoy date := (nucleo_ahora() AT TIME ZONE 'America/La_Paz')::date;
BEGIN
    IF OLD.vigente_hasta <= hoy OR coalesce(NEW.vigente_hasta < hoy, false) THEN
        RAISE EXCEPTION 'lo que ya rigió no se cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER envios_cobertura_guardia BEFORE UPDATE ON envios_cobertura
    FOR EACH ROW EXECUTE FUNCTION envios_cobertura_guardia();
GRANT SELECT, INSERT, UPDATE (vigente_hasta) ON envios_cobertura TO qhatu_aplicacion;
