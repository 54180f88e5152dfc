-- Webhooks: rotation of secrets, the end of what does not answer, and every try of a delivery.

ALTER TABLE nucleo_webhook
    ADD COLUMN secreto_anterior_cifrado bytea,
    ADD COLUMN anterior_hasta timestamptz,
    ADD COLUMN fallando_desde timestamptz,
    ADD COLUMN baja_en timestamptz,
    ADD COLUMN motivo_baja text;
-- Whoever was inactive had been ended by its owner, or said 410: its page never showed it again.
UPDATE nucleo_webhook SET baja_en = nucleo_ahora(), motivo_baja = 'pedida' WHERE NOT activo;
ALTER TABLE nucleo_webhook
    ADD CONSTRAINT ck_nucleo_webhook_baja CHECK (activo = (baja_en IS NULL) AND activo = (motivo_baja IS NULL)),
    ADD CONSTRAINT ck_nucleo_webhook_motivo_baja CHECK (motivo_baja IN ('pedida', 'fallas', '410')),
    ADD CONSTRAINT ck_nucleo_webhook_anterior
        CHECK ((secreto_anterior_cifrado IS NULL) = (anterior_hasta IS NULL));
GRANT UPDATE (secreto_cifrado, secreto_anterior_cifrado, anterior_hasta, fallando_desde, baja_en, motivo_baja)
    ON nucleo_webhook TO qhatu_aplicacion;

CREATE TABLE nucleo_webhook_intento (
    numero bigint GENERATED ALWAYS AS IDENTITY NOT NULL CONSTRAINT pk_nucleo_webhook_intento PRIMARY KEY,
    mensaje_id varchar(40) NOT NULL CONSTRAINT fk_nucleo_webhook_intento_mensaje_id
        REFERENCES nucleo_webhook_mensaje (id) ON DELETE CASCADE,
    momento timestamptz NOT NULL,
    estado smallint,
    latencia_ms integer NOT NULL,
    respuesta text NOT NULL CONSTRAINT ck_nucleo_webhook_intento_respuesta CHECK (char_length(respuesta) <= 500),
    error text
);
CREATE INDEX ix_nucleo_webhook_intento_mensaje_id ON nucleo_webhook_intento (mensaje_id, numero);
GRANT SELECT, INSERT ON nucleo_webhook_intento TO qhatu_aplicacion;

CREATE INDEX ix_nucleo_webhook_mensaje_terminado ON nucleo_webhook_mensaje (coalesce(entregado_en, abandonado_en))
    WHERE coalesce(entregado_en, abandonado_en) IS NOT NULL;
GRANT DELETE ON nucleo_webhook_mensaje TO qhatu_aplicacion;
