-- A process may follow another; each item of that one is called again once.
ALTER TABLE feria_convocatoria
    ADD CONSTRAINT ck_feria_convocatoria_convocatoria_anterior_id CHECK (convocatoria_anterior_id <> id),
    ADD CONSTRAINT uq_feria_convocatoria_id_convocatoria_anterior_id UNIQUE (id, convocatoria_anterior_id);
CREATE INDEX ix_feria_convocatoria_anterior ON feria_convocatoria (convocatoria_anterior_id)
    WHERE convocatoria_anterior_id IS NOT NULL;

CREATE TABLE feria_vuelto_a_llamar (
    item_id UUID NOT NULL,
    convocatoria_id UUID NOT NULL,
    siguiente_id UUID NOT NULL,
    CONSTRAINT pk_feria_vuelto_a_llamar PRIMARY KEY (item_id),
    CONSTRAINT fk_feria_vuelto_a_llamar_item_id_convocatoria_id
        FOREIGN KEY (item_id, convocatoria_id) REFERENCES feria_item (id, convocatoria_id),
    CONSTRAINT fk_feria_vuelto_a_llamar_siguiente_id_convocatoria_id
        FOREIGN KEY (siguiente_id, convocatoria_id)
        REFERENCES feria_convocatoria (id, convocatoria_anterior_id)
);
CREATE INDEX ix_feria_vuelto_a_llamar_convocatoria_id ON feria_vuelto_a_llamar (convocatoria_id);
CREATE INDEX ix_feria_vuelto_a_llamar_siguiente_id ON feria_vuelto_a_llamar (siguiente_id);
GRANT SELECT, INSERT, DELETE ON feria_vuelto_a_llamar TO qhatu_aplicacion;
