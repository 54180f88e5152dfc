-- What who presents a bid declares by doing so: its text, by versions, and which one went with each bid.
CREATE TABLE feria_declaracion (
    version SMALLINT NOT NULL,
    texto TEXT NOT NULL,
    huella VARCHAR(64) NOT NULL,
    desde TIMESTAMPTZ NOT NULL,
    CONSTRAINT pk_feria_declaracion PRIMARY KEY (version),
    CONSTRAINT ck_feria_declaracion_version CHECK (version > 0),
    CONSTRAINT ck_feria_declaracion_huella CHECK (huella = encode(sha256(convert_to(texto, 'UTF8')), 'hex'))
);
GRANT SELECT ON feria_declaracion TO qhatu_aplicacion;

CREATE TABLE feria_oferta_declarada (
    oferta_id UUID NOT NULL,
    declaracion SMALLINT NOT NULL,
    CONSTRAINT pk_feria_oferta_declarada PRIMARY KEY (oferta_id),
    CONSTRAINT fk_feria_oferta_declarada_oferta_id FOREIGN KEY (oferta_id) REFERENCES feria_oferta (id),
    CONSTRAINT fk_feria_oferta_declarada_declaracion
        FOREIGN KEY (declaracion) REFERENCES feria_declaracion (version)
);
GRANT SELECT, INSERT ON feria_oferta_declarada TO qhatu_aplicacion;

CREATE FUNCTION feria_oferta_declarada_al_presentar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.declaracion <> (SELECT max(version) FROM feria_declaracion) OR NOT EXISTS (
        SELECT FROM feria_oferta WHERE id = NEW.oferta_id AND estado = 'vigente'
            AND presentada_en BETWEEN nucleo_ahora() - interval '1 minute' AND nucleo_ahora()) THEN
        RAISE EXCEPTION 'a bid is declared when it is presented' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_oferta_declarada_al_presentar BEFORE INSERT ON feria_oferta_declarada
    FOR EACH ROW EXECUTE FUNCTION feria_oferta_declarada_al_presentar();
CREATE TRIGGER feria_escrito_una_vez BEFORE UPDATE OR DELETE ON feria_oferta_declarada
    FOR EACH ROW EXECUTE FUNCTION feria_escrito_una_vez();

INSERT INTO feria_declaracion (version, texto, huella, desde)
    SELECT 1, t.texto, encode(sha256(convert_to(t.texto, 'UTF8')), 'hex'), nucleo_ahora()
    FROM (VALUES (
'Quien presenta esta oferta declara, por la unidad económica que representa:
1. Que leyó la convocatoria y los documentos que van con ella, y los acepta.
2. Que lo que ofrece y los documentos que presenta son verdaderos, y que puede respaldarlos.
3. Que la unidad no está impedida de contratar con el Estado.
4. Que no acordó precios con otros oferentes, ni dio ni ofreció nada a nadie para ganar.
5. Que mantiene su oferta hasta que se decida y, si gana, la cumple.
Sabe que por una declaración falsa su oferta queda fuera, además de lo que digan las leyes.'
    )) t (texto);
