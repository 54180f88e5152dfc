-- The list of all releases goes by the transaction that wrote each one: what is written by a transaction that
-- ends later comes later. Those of before were written one after the other.
ALTER TABLE feria_ocds_release ADD COLUMN transaccion BIGINT NOT NULL DEFAULT 0;
ALTER TABLE feria_ocds_release ALTER COLUMN transaccion DROP DEFAULT;
CREATE INDEX ix_feria_ocds_release_transaccion ON feria_ocds_release (transaccion, numero);
ALTER TABLE feria_ocds_release ADD CONSTRAINT fk_feria_ocds_release_release_id_convocatoria_id_secuencia
    FOREIGN KEY (release_id, convocatoria_id, secuencia)
    REFERENCES feria_acto_publico (release_id, convocatoria_id, secuencia);

-- What the releases of a process say together, up to the last one.
CREATE TABLE feria_ocds_compilado (
    convocatoria_id UUID NOT NULL,
    secuencia SMALLINT NOT NULL,
    contenido TEXT NOT NULL,
    CONSTRAINT pk_feria_ocds_compilado PRIMARY KEY (convocatoria_id),
    CONSTRAINT fk_feria_ocds_compilado_convocatoria_id_secuencia FOREIGN KEY (convocatoria_id, secuencia)
        REFERENCES feria_ocds_release (convocatoria_id, secuencia)
);
GRANT SELECT, INSERT, UPDATE (secuencia, contenido) ON feria_ocds_compilado TO qhatu_aplicacion;
