-- The file of a dataset that is one table, as it was last written.
CREATE TABLE transparencia_tabla (
    id UUID NOT NULL,
    conjunto VARCHAR(60) NOT NULL,
    archivo_id UUID NOT NULL,
    filas INTEGER NOT NULL,
    desde DATE NOT NULL,
    hasta DATE NOT NULL,
    hecha_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    vista_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_transparencia_tabla PRIMARY KEY (id),
    CONSTRAINT uq_transparencia_tabla_conjunto UNIQUE (conjunto),
    CONSTRAINT fk_transparencia_tabla_archivo_id_nucleo_archivo FOREIGN KEY (archivo_id, id)
        REFERENCES nucleo_archivo (id, duenio_id),
    CONSTRAINT ck_transparencia_tabla_filas CHECK (filas > 0),
    CONSTRAINT ck_transparencia_tabla_hasta CHECK (hasta >= desde),
    CONSTRAINT ck_transparencia_tabla_vista CHECK (vista_en >= hecha_en)
);
CREATE INDEX ix_transparencia_tabla_archivo_id ON transparencia_tabla (archivo_id);
GRANT SELECT, INSERT, UPDATE (archivo_id, filas, desde, hasta, hecha_en, vista_en) ON transparencia_tabla TO qhatu_aplicacion;

-- What was published before is noted in the public log as what comes: the files of each month, by name.
SELECT constancia_anotar(
    'datos_abiertos',
    'feria/datos-abiertos/meses?mes=' || to_char(m.mes, 'YYYY-MM') || coalesce('&entidad=' || u.numero, ''),
    'releases.jsonl.gz=' || r.sha256 || ',compiled.jsonl.gz=' || c.sha256 || ',csv.zip=' || t.sha256)
FROM feria_ocds_mes m
JOIN nucleo_archivo r ON r.id = m.releases_id
JOIN nucleo_archivo c ON c.id = m.compilados_id
JOIN nucleo_archivo t ON t.id = m.tablas_id
LEFT JOIN registro_unidad u ON u.id = m.unidad_id;
