-- What each place of dispatch offers: by post, picked up there, taken by the seller.
CREATE TABLE comercio_forma_de_entrega (
    lugar_id uuid NOT NULL,
    forma varchar(8) NOT NULL,
    ofrece boolean NOT NULL,
    indicaciones varchar(300) NOT NULL,
    cambiada_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_forma_de_entrega PRIMARY KEY (lugar_id, forma),
    CONSTRAINT fk_comercio_forma_de_entrega_lugar_id FOREIGN KEY (lugar_id) REFERENCES comercio_lugar_de_despacho (id),
    CONSTRAINT ck_comercio_forma_de_entrega_forma CHECK (forma IN ('correo', 'retiro', 'reparto')),
    CONSTRAINT ck_comercio_forma_de_entrega_donde CHECK (forma <> 'retiro' OR NOT ofrece OR indicaciones <> '')
);
GRANT SELECT, INSERT, UPDATE (ofrece, indicaciones, cambiada_en) ON comercio_forma_de_entrega TO qhatu_aplicacion;

-- An order keeps how it was sold; what there is goes by post.
ALTER TABLE comercio_pedido ADD COLUMN forma varchar(8), ADD COLUMN indicaciones varchar(300) NOT NULL DEFAULT '';
ALTER TABLE comercio_pedido ALTER COLUMN indicaciones DROP DEFAULT;
ALTER TABLE comercio_pedido DISABLE TRIGGER USER;
UPDATE comercio_pedido SET forma = 'correo' WHERE modalidad = 'envio';
ALTER TABLE comercio_pedido ENABLE TRIGGER USER;
DROP TRIGGER comercio_pedido_venta_inmutable ON comercio_pedido;
ALTER TABLE comercio_pedido
    ADD CONSTRAINT uq_comercio_pedido_id_forma UNIQUE (id, forma),
    ADD CONSTRAINT ck_comercio_pedido_forma CHECK (
        CASE modalidad WHEN 'servicio' THEN forma IS NULL
                       ELSE coalesce(forma, '') IN ('correo', 'retiro', 'reparto') END);
CREATE TRIGGER comercio_pedido_venta_inmutable
    BEFORE UPDATE OF id, numero, compra_id, vendedor_id, comprador_parte_id, modalidad, total, peso_g,
        dias_de_elaboracion, forma, indicaciones
    ON comercio_pedido FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();

-- A parcel goes as its order was sold: in a shipment, or from hand to hand against a code, all of it at once.
ALTER TABLE comercio_paquete
    ADD COLUMN forma varchar(8) NOT NULL DEFAULT 'correo',
    ADD COLUMN codigo_version integer,
    ADD COLUMN codigo_fallos integer NOT NULL DEFAULT 0,
    ALTER COLUMN envio_id DROP NOT NULL,
    ALTER COLUMN envio_numero DROP NOT NULL;
ALTER TABLE comercio_paquete ALTER COLUMN forma DROP DEFAULT, ALTER COLUMN codigo_fallos DROP DEFAULT;
ALTER TABLE comercio_paquete
    DROP CONSTRAINT fk_comercio_paquete_pedido_id,
    ADD CONSTRAINT fk_comercio_paquete_pedido_id_forma FOREIGN KEY (pedido_id, forma)
        REFERENCES comercio_pedido (id, forma),
    ADD CONSTRAINT ck_comercio_paquete_de_su_forma CHECK (
        CASE forma WHEN 'correo' THEN num_nonnulls(envio_id, envio_numero) = 2 AND codigo_version IS NULL
                   ELSE num_nonnulls(envio_id, envio_numero) = 0 AND coalesce(codigo_version, 0) >= 1 END),
    ADD CONSTRAINT ck_comercio_paquete_codigo_fallos CHECK (codigo_fallos BETWEEN 0 AND 5);
CREATE UNIQUE INDEX uq_comercio_paquete_en_mano ON comercio_paquete (pedido_id)
    WHERE forma <> 'correo' AND estado IN ('anunciado', 'despachado');
GRANT UPDATE (codigo_version, codigo_fallos) ON comercio_paquete TO qhatu_aplicacion;

INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-000000008407', 'comercio.entrega_en_mano',
     'Recoger un pedido, o recibirlo de quien vende, desde que está listo', 10, 'dias_calendario', 'dia_siguiente', false,
     NULL, 'Regla de la plataforma', 'Después vuelve a quien vende y el dinero a quien compró.', false, '2017-01-01');
