-- What people look for in the shop and nobody sells, by day of La Paz; no more than the words and how many times.
CREATE TABLE comercio_busqueda_vacia (
    dia date NOT NULL,
    palabras varchar(80) NOT NULL,
    veces integer DEFAULT 1 NOT NULL,
    CONSTRAINT pk_comercio_busqueda_vacia PRIMARY KEY (dia, palabras),
    CONSTRAINT ck_comercio_busqueda_vacia_veces CHECK (veces > 0)
);
GRANT SELECT, INSERT, UPDATE (veces), DELETE ON comercio_busqueda_vacia TO qhatu_aplicacion;
