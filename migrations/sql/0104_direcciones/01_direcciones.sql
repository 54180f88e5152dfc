-- Where people like to receive what they buy; what was bought keeps its own copy.
CREATE TABLE comercio_direccion (
    id uuid NOT NULL,
    persona_id uuid NOT NULL,
    nombre varchar(60) NOT NULL,
    destinatario varchar(120) NOT NULL,
    telefono varchar(20) NOT NULL,
    municipio_ine varchar(6) NOT NULL,
    lugar varchar(120) NOT NULL,
    referencia varchar(300) NOT NULL,
    creada_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_direccion PRIMARY KEY (id),
    CONSTRAINT uq_comercio_direccion_persona_id_nombre UNIQUE (persona_id, nombre),
    CONSTRAINT fk_comercio_direccion_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT ck_comercio_direccion_telefono CHECK (telefono ~ '^\+?[0-9]{5,20}$')
);
GRANT SELECT, INSERT, UPDATE (destinatario, telefono, municipio_ine, lugar, referencia), DELETE ON comercio_direccion
    TO qhatu_aplicacion;
