-- What a bid wins at once: an item, a lot of items, or all that a process asks.

ALTER TABLE feria_convocatoria ADD COLUMN adjudica_por VARCHAR(5) NOT NULL DEFAULT 'item';
ALTER TABLE feria_convocatoria
    ALTER COLUMN adjudica_por DROP DEFAULT,
    ADD CONSTRAINT ck_feria_convocatoria_adjudica_por CHECK (adjudica_por IN ('item', 'lote', 'total'));

CREATE TABLE feria_lote (
    convocatoria_id UUID NOT NULL,
    numero SMALLINT NOT NULL,
    nombre VARCHAR(200) NOT NULL,
    CONSTRAINT pk_feria_lote PRIMARY KEY (convocatoria_id, numero),
    CONSTRAINT fk_feria_lote_convocatoria_id FOREIGN KEY (convocatoria_id) REFERENCES feria_convocatoria (id),
    CONSTRAINT ck_feria_lote_numero CHECK (numero > 0),
    CONSTRAINT ck_feria_lote_nombre CHECK (char_length(nombre) >= 3)
);
GRANT SELECT, INSERT, DELETE ON feria_lote TO qhatu_aplicacion;

ALTER TABLE feria_item
    ADD COLUMN lote SMALLINT,
    ADD CONSTRAINT fk_feria_item_convocatoria_id_lote
        FOREIGN KEY (convocatoria_id, lote) REFERENCES feria_lote (convocatoria_id, numero);
