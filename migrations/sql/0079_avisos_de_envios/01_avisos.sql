-- What each side of an item was told last: nothing twice, and nothing older after what is newer.
CREATE TABLE envios_aviso (
    envio_id uuid NOT NULL,
    papel varchar(12) NOT NULL,
    dicho varchar(80) NOT NULL,
    CONSTRAINT pk_envios_aviso PRIMARY KEY (envio_id, papel),
    CONSTRAINT fk_envios_aviso_envio_id FOREIGN KEY (envio_id) REFERENCES envios_envio (id),
    CONSTRAINT ck_envios_aviso_papel CHECK (papel IN ('destinatario', 'remitente'))
);
GRANT SELECT, INSERT, UPDATE ON envios_aviso TO qhatu_aplicacion;
