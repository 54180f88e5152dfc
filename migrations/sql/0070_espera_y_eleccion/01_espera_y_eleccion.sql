-- Where an item goes on the map, the code of whom the recipient names, how long it waits for them.
ALTER TABLE envios_envio
    ADD COLUMN latitud numeric(9, 6),
    ADD COLUMN longitud numeric(9, 6),
    ADD COLUMN codigo_de_tercero uuid,
    ADD COLUMN espera_desde timestamptz,
    ADD COLUMN espera_hasta timestamptz,
    ADD COLUMN espera_avisada_en timestamptz,
    ADD COLUMN prorrogado_en timestamptz,
    ADD CONSTRAINT ck_envios_envio_coordenadas CHECK ((latitud IS NULL) = (longitud IS NULL)),
    ADD CONSTRAINT ck_envios_envio_coordenadas_de_bolivia
        CHECK (latitud BETWEEN -23 AND -9 AND longitud BETWEEN -70 AND -57),
    ADD CONSTRAINT ck_envios_envio_espera CHECK (
        (espera_desde IS NULL) = (espera_hasta IS NULL) AND espera_desde <= espera_hasta
        AND (espera_desde IS NULL OR estado IN ('listo_para_retiro', 'intento_fallido', 'sin_noticias'))
    );
CREATE INDEX ix_envios_envio_espera ON envios_envio (espera_hasta) WHERE espera_hasta IS NOT NULL;
-- What waits already is looked at again: its term comes from its events.
UPDATE envios_envio SET revisar_en = nucleo_ahora()
WHERE estado IN ('listo_para_retiro', 'intento_fallido', 'sin_noticias');
-- A return that was annulled makes room for another one.
ALTER TABLE envios_envio DROP CONSTRAINT uq_envios_envio_devolucion_de_id;
CREATE UNIQUE INDEX uq_envios_envio_devolucion_de_id ON envios_envio (devolucion_de_id) WHERE estado <> 'anulado';

CREATE TABLE envios_eleccion (
    id uuid NOT NULL,
    envio_id uuid NOT NULL,
    version smallint NOT NULL,
    agencia_id uuid,
    dia date,
    recibe text NOT NULL,
    nombre varchar(120) NOT NULL,
    donde varchar(200) NOT NULL,
    elegida_en timestamptz NOT NULL DEFAULT nucleo_ahora(),
    elegida_por varchar(120) NOT NULL,
    CONSTRAINT pk_envios_eleccion PRIMARY KEY (id),
    CONSTRAINT fk_envios_eleccion_envio_id FOREIGN KEY (envio_id) REFERENCES envios_envio (id),
    CONSTRAINT fk_envios_eleccion_agencia_id FOREIGN KEY (agencia_id) REFERENCES envios_agencia (id),
    CONSTRAINT uq_envios_eleccion_envio_id_version UNIQUE (envio_id, version),
    CONSTRAINT ck_envios_eleccion_version CHECK (version BETWEEN 1 AND 10),
    CONSTRAINT ck_envios_eleccion_recibe CHECK (recibe IN ('destinatario', 'autorizado', 'vecino')),
    CONSTRAINT ck_envios_eleccion_nombre CHECK ((recibe = 'destinatario') = (nombre = '')),
    CONSTRAINT ck_envios_eleccion_donde CHECK ((recibe = 'vecino') = (donde <> '')),
    CONSTRAINT ck_envios_eleccion_agencia
        CHECK (agencia_id IS NULL OR (dia IS NULL AND recibe <> 'vecino'))
);
CREATE TRIGGER envios_eleccion_inmutable BEFORE UPDATE OR DELETE ON envios_eleccion
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
-- Whoever has it at the door or is bringing it back has nothing more to be told.
CREATE FUNCTION envios_eleccion_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM envios_envio e
        WHERE e.id = NEW.envio_id
          AND e.estado IN ('en_reparto', 'en_devolucion', 'entregado', 'devuelto', 'anulado')
    ) THEN
        RAISE EXCEPTION 'ya no se puede elegir cómo recibirlo' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER envios_eleccion_guardia BEFORE INSERT ON envios_eleccion
    FOR EACH ROW EXECUTE FUNCTION envios_eleccion_guardia();
GRANT SELECT, INSERT ON envios_eleccion TO qhatu_aplicacion;
