-- An alert may tell once a week; and the one that is proposed to a unit by what it does is answered once.
ALTER TABLE alertas_alerta DROP CONSTRAINT ck_alertas_alerta_frecuencia;
ALTER TABLE alertas_alerta ADD CONSTRAINT ck_alertas_alerta_frecuencia
    CHECK (frecuencia IN ('al_momento', 'diaria', 'semanal'));

CREATE TABLE alertas_propuesta (
    unidad_id uuid NOT NULL CONSTRAINT fk_alertas_propuesta_unidad_id REFERENCES registro_unidad (id),
    emparejador text NOT NULL,
    aceptada boolean NOT NULL,
    alerta_id uuid CONSTRAINT fk_alertas_propuesta_alerta_id REFERENCES alertas_alerta (id),
    persona_id uuid NOT NULL CONSTRAINT fk_alertas_propuesta_persona_id REFERENCES ciudadania_persona (id),
    respondida_en timestamptz NOT NULL,
    CONSTRAINT pk_alertas_propuesta PRIMARY KEY (unidad_id, emparejador),
    CONSTRAINT ck_alertas_propuesta_aceptada CHECK ((alerta_id IS NOT NULL) = aceptada)
);
CREATE INDEX ix_alertas_propuesta_alerta ON alertas_propuesta (alerta_id) WHERE alerta_id IS NOT NULL;
GRANT SELECT, INSERT ON alertas_propuesta TO qhatu_aplicacion;

-- A search by what things are: the calls that ask for a family.
CREATE INDEX ix_feria_item_familia ON feria_item (left(unspsc, 4), convocatoria_id) WHERE unspsc IS NOT NULL;
