-- What a call asks to present besides the bid, and whether its lack may be mended. Published, it stays.
CREATE TABLE feria_documento_pedido (
    convocatoria_id UUID NOT NULL,
    numero SMALLINT NOT NULL,
    nombre VARCHAR(200) NOT NULL,
    subsanable BOOLEAN NOT NULL,
    CONSTRAINT pk_feria_documento_pedido PRIMARY KEY (convocatoria_id, numero),
    CONSTRAINT fk_feria_documento_pedido_convocatoria_id
        FOREIGN KEY (convocatoria_id) REFERENCES feria_convocatoria (id),
    CONSTRAINT ck_feria_documento_pedido_numero CHECK (numero BETWEEN 1 AND 20),
    CONSTRAINT ck_feria_documento_pedido_nombre CHECK (char_length(nombre) >= 3)
);
GRANT SELECT, INSERT, DELETE ON feria_documento_pedido TO qhatu_aplicacion;

CREATE FUNCTION feria_pedido_congelado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_convocatoria
        WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.convocatoria_id ELSE NEW.convocatoria_id END
            AND estado = 'borrador' FOR SHARE;
    IF NOT FOUND OR TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'what a published call asks to present does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER feria_pedido_congelado BEFORE INSERT OR UPDATE OR DELETE ON feria_documento_pedido
    FOR EACH ROW EXECUTE FUNCTION feria_pedido_congelado();
