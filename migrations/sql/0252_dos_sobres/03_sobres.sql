-- The technical part of a bid that comes in two envelopes; `feria_sobre` has the other one, with its prices. The bid has the
-- fingerprints of both.
ALTER TABLE feria_oferta
    ADD COLUMN huella_tecnica VARCHAR(64),
    ADD COLUMN huella_sobre_tecnico VARCHAR(64),
    ADD CONSTRAINT uq_feria_oferta_convocatoria_id_huella_tecnica UNIQUE (convocatoria_id, huella_tecnica),
    ADD CONSTRAINT ck_feria_oferta_huella_tecnica CHECK (CASE
        WHEN huella_tecnica IS NULL THEN huella_sobre_tecnico IS NULL
        ELSE coalesce(huella_tecnica ~ '^[0-9a-f]{64}$' AND huella_sobre_tecnico ~ '^[0-9a-f]{64}$'
            AND huella_tecnica <> huella AND huella_sobre_tecnico <> huella_sobre, false) END);
CREATE TABLE feria_sobre_tecnico (
    oferta_id UUID NOT NULL,
    contenido BYTEA NOT NULL,
    CONSTRAINT pk_feria_sobre_tecnico PRIMARY KEY (oferta_id),
    CONSTRAINT fk_feria_sobre_tecnico_oferta_id_feria_oferta FOREIGN KEY (oferta_id) REFERENCES feria_oferta (id)
);
GRANT SELECT, INSERT ON feria_sobre_tecnico TO qhatu_aplicacion;
CREATE TRIGGER feria_sobre_tecnico_inmutable BEFORE UPDATE OR DELETE ON feria_sobre_tecnico
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();

-- It comes with its bid, before the deadline, as long as all those of its process.
CREATE FUNCTION feria_sobre_tecnico_sellado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_oferta o JOIN feria_convocatoria c ON c.id = o.convocatoria_id
    WHERE o.id = NEW.oferta_id AND c.dos_sobres AND c.estado = 'publicado' AND c.vence_en > nucleo_ahora()
        AND o.huella_sobre_tecnico = encode(sha256(NEW.contenido), 'hex')
        AND octet_length(NEW.contenido) = 48 + 1024 + 4864 * (
            SELECT count(*) FROM feria_item i WHERE i.convocatoria_id = o.convocatoria_id)
            + 256 * (SELECT count(*) FROM feria_documento_pedido p WHERE p.convocatoria_id = o.convocatoria_id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a technical envelope comes with its bid' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_sobre_tecnico_sellado BEFORE INSERT ON feria_sobre_tecnico
    FOR EACH ROW EXECUTE FUNCTION feria_sobre_tecnico_sellado();

CREATE FUNCTION feria_oferta_con_su_tecnica() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_convocatoria c WHERE c.id = NEW.convocatoria_id
        AND c.dos_sobres = (NEW.huella_tecnica IS NOT NULL)
        AND c.dos_sobres = EXISTS (SELECT FROM feria_sobre_tecnico s WHERE s.oferta_id = NEW.id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a bid in two envelopes has both' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER feria_oferta_con_su_tecnica AFTER INSERT ON feria_oferta
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION feria_oferta_con_su_tecnica();

-- Until the second act the application does not read the other one, and never that of who did not pass. Of what lies it may
-- always ask the digest.
CREATE FUNCTION feria_sobre_se_lee(oferta uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT c.dos_sobres OR c.estado = 'apertura' AND o.estado = 'vigente' AND o.id IN (SELECT feria_pasaron(c.id))
    FROM feria_oferta o JOIN feria_convocatoria c ON c.id = o.convocatoria_id WHERE o.id = oferta
$$;
CREATE FUNCTION feria_huella_del_sobre(oferta uuid) RETURNS text LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT encode(sha256(s.contenido), 'hex') FROM feria_sobre s WHERE s.oferta_id = oferta
$$;
REVOKE ALL ON FUNCTION feria_huella_del_sobre FROM PUBLIC;
GRANT EXECUTE ON FUNCTION feria_huella_del_sobre TO qhatu_aplicacion;
ALTER TABLE feria_sobre ENABLE ROW LEVEL SECURITY;
CREATE POLICY feria_sobre_se_guarda ON feria_sobre FOR INSERT TO qhatu_aplicacion WITH CHECK (true);
CREATE POLICY feria_sobre_se_lee ON feria_sobre FOR SELECT TO qhatu_aplicacion USING (feria_sobre_se_lee(oferta_id));
