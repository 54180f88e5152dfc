-- A published process changes by versions, each an act with its reason; bids wait to be reconfirmed.

INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-00000000fe09', 'feria.reconfirmar_oferta',
     'Reconfirmar la oferta cuando cambia la convocatoria: quien ofertó', 2, 'dias_habiles', 'dia_habil_siguiente',
     true, NULL, 'Regla de la plataforma', 'El cierre no puede ser antes.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-00000000fe10', 'feria.reanudar_convocatoria',
     'Reanudar una convocatoria suspendida: la entidad', 60, 'dias_calendario', 'dia_siguiente', false, NULL,
     'Regla de la plataforma', 'Si nadie la reanuda, queda cancelada.', false, '2017-01-01');

ALTER TABLE feria_convocatoria
    ADD COLUMN versiones SMALLINT NOT NULL DEFAULT 1,
    ADD COLUMN pedido_en SMALLINT NOT NULL DEFAULT 1;
ALTER TABLE feria_convocatoria
    ALTER COLUMN versiones DROP DEFAULT,
    ALTER COLUMN pedido_en DROP DEFAULT,
    ADD CONSTRAINT ck_feria_convocatoria_versiones CHECK (pedido_en BETWEEN 1 AND versiones),
    DROP CONSTRAINT ck_feria_convocatoria_sigue_en,
    ADD CONSTRAINT ck_feria_convocatoria_sigue_en
        CHECK (estado NOT IN ('suspendido', 'recepcion_cerrada', 'evaluacion') OR sigue_en IS NOT NULL);

ALTER TABLE feria_oferta ADD COLUMN version SMALLINT NOT NULL DEFAULT 1;
ALTER TABLE feria_oferta
    ALTER COLUMN version DROP DEFAULT,
    ADD CONSTRAINT ck_feria_oferta_version CHECK (version > 0);

ALTER TABLE feria_acta ADD COLUMN version SMALLINT;
ALTER TABLE feria_acta
    DROP CONSTRAINT ck_feria_acta_clase,
    ADD CONSTRAINT ck_feria_acta_clase
        CHECK (clase IN ('apertura', 'enmienda', 'ampliacion', 'suspension', 'reanudacion')),
    ADD CONSTRAINT ck_feria_acta_version CHECK ((clase = 'apertura') = (version IS NULL) AND version > 1),
    ADD CONSTRAINT uq_feria_acta_convocatoria_id_version UNIQUE (convocatoria_id, version);

CREATE TABLE feria_reconfirmacion (
    oferta_id UUID NOT NULL,
    version SMALLINT NOT NULL,
    hecha_en TIMESTAMPTZ NOT NULL,
    hecha_por VARCHAR(200) NOT NULL,
    CONSTRAINT pk_feria_reconfirmacion PRIMARY KEY (oferta_id, version),
    CONSTRAINT fk_feria_reconfirmacion_oferta_id FOREIGN KEY (oferta_id) REFERENCES feria_oferta (id),
    CONSTRAINT ck_feria_reconfirmacion_version CHECK (version > 1)
);
GRANT SELECT, INSERT ON feria_reconfirmacion TO qhatu_aplicacion;
