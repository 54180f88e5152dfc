-- Of a branch, or of one of its categories; in the order in which they are asked.
CREATE TABLE comercio_atributo (
    categoria_codigo varchar(40) NOT NULL,
    nombre varchar(40) NOT NULL,
    orden smallint NOT NULL,
    CONSTRAINT pk_comercio_atributo PRIMARY KEY (categoria_codigo, nombre),
    CONSTRAINT fk_comercio_atributo_categoria_codigo FOREIGN KEY (categoria_codigo)
        REFERENCES comercio_categoria (codigo),
    CONSTRAINT ck_comercio_atributo_nombre CHECK (nombre ~ '^[a-záéíóúñü]+( [a-záéíóúñü]+)*$')
);
GRANT SELECT ON comercio_atributo TO qhatu_aplicacion;

INSERT INTO comercio_atributo (categoria_codigo, nombre, orden) VALUES
    ('alimentos', 'presentación', 1), ('alimentos', 'variedad', 2),
    ('textiles', 'talla', 1), ('textiles', 'color', 2), ('textiles', 'medida', 3),
    ('artesania', 'tamaño', 1), ('artesania', 'color', 2), ('artesania', 'material', 3), ('artesania', 'afinación', 4),
    ('hogar', 'medida', 1), ('hogar', 'color', 2), ('hogar', 'material', 3),
    ('cuidado', 'presentación', 1), ('cuidado', 'aroma', 2),
    ('agro', 'presentación', 1), ('agro', 'medida', 2), ('agro', 'variedad', 3),
    ('oficina', 'talla', 1), ('oficina', 'color', 2), ('oficina', 'formato', 3),
    ('servicios', 'modalidad', 1), ('servicios', 'duración', 2);

-- Pictures change places in one statement.
ALTER TABLE comercio_producto_foto
    DROP CONSTRAINT uq_comercio_producto_foto_producto_id_orden,
    ADD CONSTRAINT uq_comercio_producto_foto_producto_id_orden UNIQUE (producto_id, orden) DEFERRABLE;

-- A variant that is all of what is asked: `opciones @? '$[*] ? (@.es."talla" == "M" && @.es."color" == "rojo")'`.
CREATE INDEX ix_comercio_producto_opciones ON comercio_producto USING gin (opciones jsonb_path_ops)
    WHERE estado = 'publicado' AND vendedor_habilitado;
