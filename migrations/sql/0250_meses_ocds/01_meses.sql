-- The files of the processes that were published in a month, of an entity or of all: all three of them, of one instant, or none.
CREATE TABLE feria_ocds_mes (
    id UUID NOT NULL,
    mes DATE NOT NULL,
    unidad_id UUID,
    procesos INTEGER NOT NULL,
    publicaciones INTEGER NOT NULL,
    desde TIMESTAMPTZ NOT NULL,
    hasta TIMESTAMPTZ NOT NULL,
    releases_id UUID NOT NULL,
    compilados_id UUID NOT NULL,
    tablas_id UUID NOT NULL,
    hecho_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_feria_ocds_mes PRIMARY KEY (id),
    CONSTRAINT uq_feria_ocds_mes_mes UNIQUE NULLS NOT DISTINCT (mes, unidad_id),
    CONSTRAINT fk_feria_ocds_mes_unidad_id_registro_unidad FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_feria_ocds_mes_releases_id_nucleo_archivo FOREIGN KEY (releases_id, id)
        REFERENCES nucleo_archivo (id, duenio_id),
    CONSTRAINT fk_feria_ocds_mes_compilados_id_nucleo_archivo FOREIGN KEY (compilados_id, id)
        REFERENCES nucleo_archivo (id, duenio_id),
    CONSTRAINT fk_feria_ocds_mes_tablas_id_nucleo_archivo FOREIGN KEY (tablas_id, id)
        REFERENCES nucleo_archivo (id, duenio_id),
    CONSTRAINT ck_feria_ocds_mes_mes CHECK (extract(day FROM mes) = 1),
    CONSTRAINT ck_feria_ocds_mes_cuentas CHECK (procesos > 0 AND publicaciones >= procesos),
    CONSTRAINT ck_feria_ocds_mes_hasta CHECK (hasta >= desde)
);
CREATE INDEX ix_feria_ocds_mes_unidad_id ON feria_ocds_mes (unidad_id, mes);
CREATE INDEX ix_feria_ocds_mes_releases_id ON feria_ocds_mes (releases_id);
CREATE INDEX ix_feria_ocds_mes_compilados_id ON feria_ocds_mes (compilados_id);
CREATE INDEX ix_feria_ocds_mes_tablas_id ON feria_ocds_mes (tablas_id);
GRANT SELECT, INSERT, UPDATE (procesos, publicaciones, desde, hasta, releases_id, compilados_id, tablas_id, hecho_en)
    ON feria_ocds_mes TO qhatu_aplicacion;
