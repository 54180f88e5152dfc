-- Bytes are kept once and say nothing of whose they are; a file is a row of one owner, and says who may read it.

ALTER TABLE nucleo_archivo RENAME TO nucleo_archivo_antes;

CREATE TABLE nucleo_contenido (
    sha256 VARCHAR(64) NOT NULL,
    tamano INTEGER NOT NULL,
    creado_en TIMESTAMP WITH TIME ZONE DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_nucleo_contenido PRIMARY KEY (sha256),
    CONSTRAINT ck_nucleo_contenido_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT ck_nucleo_contenido_tamano CHECK (tamano > 0)
);
INSERT INTO nucleo_contenido (sha256, tamano, creado_en) SELECT sha256, tamano, creado_en FROM nucleo_archivo_antes;

CREATE TABLE nucleo_archivo (
    id UUID NOT NULL,
    duenio_id UUID NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    tipo VARCHAR(100) NOT NULL,
    publico BOOLEAN NOT NULL,
    ancho INTEGER,
    alto INTEGER,
    creado_en TIMESTAMP WITH TIME ZONE DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_nucleo_archivo PRIMARY KEY (id),
    CONSTRAINT uq_nucleo_archivo_id_duenio_id UNIQUE (id, duenio_id),
    CONSTRAINT fk_nucleo_archivo_sha256 FOREIGN KEY (sha256) REFERENCES nucleo_contenido (sha256),
    CONSTRAINT ck_nucleo_archivo_medidas CHECK (ancho > 0 AND alto > 0)
);
CREATE INDEX ix_nucleo_archivo_sha256 ON nucleo_archivo (sha256);

CREATE TABLE nucleo_archivo_copia (
    archivo_id UUID NOT NULL,
    tipo VARCHAR(100) NOT NULL,
    ancho SMALLINT NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    CONSTRAINT pk_nucleo_archivo_copia PRIMARY KEY (archivo_id, tipo, ancho),
    CONSTRAINT fk_nucleo_archivo_copia_archivo_id FOREIGN KEY (archivo_id) REFERENCES nucleo_archivo (id)
        ON DELETE CASCADE,
    CONSTRAINT fk_nucleo_archivo_copia_sha256 FOREIGN KEY (sha256) REFERENCES nucleo_contenido (sha256),
    CONSTRAINT ck_nucleo_archivo_copia_ancho CHECK (ancho > 0)
);
CREATE INDEX ix_nucleo_archivo_copia_sha256 ON nucleo_archivo_copia (sha256);

GRANT SELECT, INSERT, DELETE ON nucleo_contenido TO qhatu_aplicacion;
GRANT SELECT, INSERT, DELETE ON nucleo_archivo TO qhatu_aplicacion;
GRANT SELECT, INSERT, DELETE ON nucleo_archivo_copia TO qhatu_aplicacion;

-- Every picture that a product or a sold line shows, for that product: the same one of two products is two files.
-- Its id can be told from both, so that the columns are changed without an UPDATE, which sold lines refuse.
INSERT INTO nucleo_archivo (id, duenio_id, sha256, tipo, publico, ancho, alto, creado_en)
    SELECT md5(a.sha256 || f.producto_id::text)::uuid, f.producto_id, a.sha256, a.tipo, true, a.ancho, a.alto,
           a.creado_en
    FROM (
        SELECT producto_id, sha FROM comercio_producto_foto
        UNION SELECT id, foto FROM comercio_producto
        UNION SELECT producto_id, foto FROM comercio_pedido_linea
    ) f JOIN nucleo_archivo_antes a ON a.sha256 = f.sha;
INSERT INTO nucleo_archivo_copia (archivo_id, tipo, ancho, sha256)
    SELECT n.id, 'image/' || split_part(v.key, '-', 1), split_part(v.key, '-', 2)::smallint, v.value
    FROM nucleo_archivo n JOIN nucleo_archivo_antes a USING (sha256), jsonb_each_text(a.variantes) v
    WHERE v.value IN (SELECT sha256 FROM nucleo_contenido);

CREATE FUNCTION archivo_si_existe(sha text, producto uuid) RETURNS uuid LANGUAGE sql STABLE AS
    $$SELECT id FROM public.nucleo_archivo WHERE id = md5(sha || producto::text)::uuid$$;
DELETE FROM comercio_producto_foto WHERE archivo_si_existe(sha, producto_id) IS NULL;
-- The same picture twice of one product is one.
DELETE FROM comercio_producto_foto f USING comercio_producto_foto otra
    WHERE f.producto_id = otra.producto_id AND f.sha = otra.sha AND f.orden > otra.orden;
ALTER TABLE comercio_producto_foto ALTER COLUMN sha TYPE uuid USING archivo_si_existe(sha, producto_id);
ALTER TABLE comercio_producto_foto RENAME COLUMN sha TO archivo_id;
ALTER TABLE comercio_producto ALTER COLUMN foto TYPE uuid USING archivo_si_existe(foto, id);
ALTER TABLE comercio_pedido_linea ALTER COLUMN foto TYPE uuid USING archivo_si_existe(foto, producto_id);
DROP FUNCTION archivo_si_existe(text, uuid);
DROP TABLE nucleo_archivo_antes;

ALTER TABLE comercio_producto_foto
    ADD CONSTRAINT uq_comercio_producto_foto_archivo_id UNIQUE (archivo_id),
    ADD CONSTRAINT fk_comercio_producto_foto_archivo_id FOREIGN KEY (archivo_id, producto_id)
        REFERENCES nucleo_archivo (id, duenio_id);
ALTER TABLE comercio_producto ADD CONSTRAINT fk_comercio_producto_foto FOREIGN KEY (foto, id)
    REFERENCES nucleo_archivo (id, duenio_id);
ALTER TABLE comercio_pedido_linea ADD CONSTRAINT fk_comercio_pedido_linea_foto FOREIGN KEY (foto, producto_id)
    REFERENCES nucleo_archivo (id, duenio_id);
CREATE INDEX ix_comercio_producto_foto ON comercio_producto (foto);
CREATE INDEX ix_comercio_pedido_linea_foto ON comercio_pedido_linea (foto);
