-- What the two sides of an order write to each other: rows that nobody changes, how far each has read, and nothing
-- while a claim is open, whose evidence they are.
CREATE TABLE comercio_hilo (
    pedido_id uuid NOT NULL,
    vendedor_id uuid NOT NULL,
    comprador_parte_id uuid NOT NULL,
    numero integer NOT NULL,
    ultimo_comprador integer NOT NULL,
    ultimo_vendedor integer NOT NULL,
    leido_comprador integer NOT NULL,
    leido_vendedor integer NOT NULL,
    CONSTRAINT pk_comercio_hilo PRIMARY KEY (pedido_id),
    CONSTRAINT fk_comercio_hilo_pedido_id FOREIGN KEY (pedido_id) REFERENCES comercio_pedido (id),
    CONSTRAINT fk_comercio_hilo_vendedor_id FOREIGN KEY (vendedor_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_comercio_hilo_comprador_parte_id FOREIGN KEY (comprador_parte_id) REFERENCES registro_parte (id),
    CONSTRAINT ck_comercio_hilo_numero CHECK (numero BETWEEN 1 AND 500),
    CONSTRAINT ck_comercio_hilo_ultimos CHECK (numero = greatest(ultimo_comprador, ultimo_vendedor)
        AND least(ultimo_comprador, ultimo_vendedor) >= 0),
    CONSTRAINT ck_comercio_hilo_leidos CHECK (leido_comprador BETWEEN 0 AND numero AND leido_vendedor BETWEEN 0 AND numero)
);
CREATE INDEX ix_comercio_hilo_vendedor_id ON comercio_hilo (vendedor_id) WHERE ultimo_comprador > leido_vendedor;
CREATE INDEX ix_comercio_hilo_comprador_parte_id ON comercio_hilo (comprador_parte_id)
    WHERE ultimo_vendedor > leido_comprador;

CREATE TABLE comercio_mensaje (
    id uuid NOT NULL,
    pedido_id uuid NOT NULL,
    numero integer NOT NULL,
    lado varchar(10) NOT NULL,
    persona_id uuid,
    actor varchar(200) NOT NULL,
    texto varchar(1000) NOT NULL,
    archivo_id uuid,
    escrito_en timestamptz DEFAULT nucleo_ahora() NOT NULL,
    CONSTRAINT pk_comercio_mensaje PRIMARY KEY (id),
    CONSTRAINT uq_comercio_mensaje_pedido_id_numero UNIQUE (pedido_id, numero),
    CONSTRAINT fk_comercio_mensaje_pedido_id FOREIGN KEY (pedido_id) REFERENCES comercio_pedido (id),
    CONSTRAINT fk_comercio_mensaje_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_comercio_mensaje_archivo FOREIGN KEY (archivo_id, id) REFERENCES nucleo_archivo (id, duenio_id),
    CONSTRAINT ck_comercio_mensaje_lado CHECK (lado IN ('comprador', 'vendedor')),
    CONSTRAINT ck_comercio_mensaje_numero CHECK (numero BETWEEN 1 AND 500),
    CONSTRAINT ck_comercio_mensaje_texto CHECK (texto <> '')
);
CREATE INDEX ix_comercio_mensaje_archivo_id ON comercio_mensaje (archivo_id);
CREATE INDEX ix_comercio_mensaje_persona_id ON comercio_mensaje (persona_id);

CREATE TRIGGER comercio_mensaje_inmutable BEFORE UPDATE OR DELETE ON comercio_mensaje
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_hilo_inmutable BEFORE UPDATE OF pedido_id, vendedor_id, comprador_parte_id ON comercio_hilo
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
CREATE TRIGGER comercio_hilo_sin_borrado BEFORE DELETE ON comercio_hilo
    FOR EACH ROW EXECUTE FUNCTION comercio_inmutable();
-- What was read stays read.
CREATE TRIGGER comercio_hilo_leido BEFORE UPDATE OF leido_comprador, leido_vendedor ON comercio_hilo FOR EACH ROW
    WHEN (NEW.leido_comprador < OLD.leido_comprador OR NEW.leido_vendedor < OLD.leido_vendedor)
    EXECUTE FUNCTION comercio_inmutable();

-- The next one of its order, whose row keeps a claim from being opened meanwhile; and none beside an open one.
CREATE FUNCTION comercio_mensaje_nace() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    suyo record;
    de_comprador integer := CASE NEW.lado WHEN 'comprador' THEN NEW.numero ELSE 0 END;
    de_vendedor integer := CASE NEW.lado WHEN 'vendedor' THEN NEW.numero ELSE 0 END;
BEGIN
    SELECT vendedor_id, comprador_parte_id INTO suyo FROM comercio_pedido WHERE id = NEW.pedido_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM comercio_reclamo WHERE pedido_id = NEW.pedido_id AND vence_en IS NOT NULL) THEN
        RAISE EXCEPTION 'con un reclamo abierto no se escribe: los mensajes son su prueba'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.numero = 1 THEN
        INSERT INTO comercio_hilo (pedido_id, vendedor_id, comprador_parte_id, numero, ultimo_comprador, ultimo_vendedor,
                                   leido_comprador, leido_vendedor)
        VALUES (NEW.pedido_id, suyo.vendedor_id, suyo.comprador_parte_id, 1, de_comprador, de_vendedor, 0, 0);
    ELSE
        UPDATE comercio_hilo SET numero = NEW.numero, ultimo_comprador = greatest(ultimo_comprador, de_comprador),
               ultimo_vendedor = greatest(ultimo_vendedor, de_vendedor)
        WHERE pedido_id = NEW.pedido_id AND numero = NEW.numero - 1;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'los mensajes de un pedido van en orden' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION comercio_mensaje_nace() FROM PUBLIC;
CREATE TRIGGER comercio_mensaje_nace AFTER INSERT ON comercio_mensaje
    FOR EACH ROW EXECUTE FUNCTION comercio_mensaje_nace();

GRANT SELECT, UPDATE (leido_comprador, leido_vendedor) ON comercio_hilo TO qhatu_aplicacion;
GRANT SELECT, INSERT ON comercio_mensaje TO qhatu_aplicacion;

INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-00000000f501', 'comercio.escribir_del_pedido',
     'Escribirse por un pedido, desde que termina', 30, 'dias_calendario', 'dia_siguiente', false, NULL,
     'Regla de la plataforma', 'Después lo escrito se lee, y no se le agrega nada.', false, '2017-01-01');
