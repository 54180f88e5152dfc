-- The agency is of the operator that speaks: the pair is the key, so that nobody notes at another one's counter.
ALTER TABLE envios_agencia ADD CONSTRAINT uq_envios_agencia_id UNIQUE (id, operador_unidad_id);

ALTER TABLE envios_evento
    ADD COLUMN agencia_id uuid,
    ADD CONSTRAINT fk_envios_evento_agencia_id_envios_agencia
        FOREIGN KEY (agencia_id, operador_unidad_id) REFERENCES envios_agencia (id, operador_unidad_id),
    ADD CONSTRAINT ck_envios_evento_agencia CHECK (agencia_id IS NULL OR municipio_ine IS NOT NULL);

CREATE INDEX ix_envios_evento_agencia ON envios_evento (agencia_id, ocurrido_en) WHERE agencia_id IS NOT NULL;
