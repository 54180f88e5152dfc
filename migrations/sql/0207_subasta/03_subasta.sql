CREATE TABLE feria_subasta (
    convocatoria_id UUID NOT NULL,
    duracion_min SMALLINT NOT NULL,
    extension_min SMALLINT NOT NULL,
    empieza_en TIMESTAMPTZ NOT NULL,
    terminada_en TIMESTAMPTZ,
    CONSTRAINT pk_feria_subasta PRIMARY KEY (convocatoria_id),
    CONSTRAINT fk_feria_subasta_convocatoria_id
        FOREIGN KEY (convocatoria_id) REFERENCES feria_convocatoria (id),
    CONSTRAINT ck_feria_subasta_minutos CHECK (duracion_min > 0 AND extension_min >= 0)
);
GRANT SELECT, INSERT ON feria_subasta TO qhatu_aplicacion;

-- What is auctioned at once, by the number of its first item; the end only moves forward, by who may (functions below).
CREATE TABLE feria_subasta_grupo (
    convocatoria_id UUID NOT NULL,
    numero SMALLINT NOT NULL,
    lote SMALLINT,
    paso BIGINT NOT NULL,
    termina_en TIMESTAMPTZ NOT NULL,
    extensiones INTEGER NOT NULL,
    CONSTRAINT pk_feria_subasta_grupo PRIMARY KEY (convocatoria_id, numero),
    CONSTRAINT fk_feria_subasta_grupo_convocatoria_id
        FOREIGN KEY (convocatoria_id) REFERENCES feria_subasta (convocatoria_id),
    CONSTRAINT ck_feria_subasta_grupo_paso CHECK (paso > 0),
    CONSTRAINT ck_feria_subasta_grupo_extensiones CHECK (extensiones >= 0)
);
GRANT SELECT, INSERT ON feria_subasta_grupo TO qhatu_aplicacion;

CREATE TABLE feria_subasta_participante (
    id UUID NOT NULL,
    convocatoria_id UUID NOT NULL,
    grupo SMALLINT NOT NULL,
    proponente SMALLINT NOT NULL,
    oferta_id UUID NOT NULL,
    CONSTRAINT pk_feria_subasta_participante PRIMARY KEY (id),
    CONSTRAINT uq_feria_subasta_participante_convocatoria_id_grupo_oferta_id UNIQUE (convocatoria_id, grupo, oferta_id),
    CONSTRAINT uq_feria_subasta_participante_convocatoria_id_grupo_proponente
        UNIQUE (convocatoria_id, grupo, proponente),
    CONSTRAINT fk_feria_subasta_participante_convocatoria_id_grupo
        FOREIGN KEY (convocatoria_id, grupo) REFERENCES feria_subasta_grupo (convocatoria_id, numero),
    CONSTRAINT fk_feria_subasta_participante_oferta_id_convocatoria_id
        FOREIGN KEY (oferta_id, convocatoria_id) REFERENCES feria_oferta (id, convocatoria_id),
    CONSTRAINT ck_feria_subasta_participante_proponente CHECK (proponente > 0)
);
GRANT SELECT, INSERT ON feria_subasta_participante TO qhatu_aplicacion;

-- Each bid says the one before it and by how much it must go down; number 0 is what its envelope said. Nobody writes here
-- but `feria_pujar` and the trigger of who takes part.
CREATE TABLE feria_puja (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    participante_id UUID NOT NULL,
    numero INTEGER NOT NULL,
    cliente_id UUID NOT NULL,
    precios NUMERIC(18, 4)[] NOT NULL,
    monto BIGINT NOT NULL,
    numero_anterior INTEGER,
    anterior BIGINT,
    paso BIGINT NOT NULL,
    hecha_en TIMESTAMPTZ NOT NULL,
    hecha_por VARCHAR(200) NOT NULL,
    CONSTRAINT pk_feria_puja PRIMARY KEY (id),
    CONSTRAINT uq_feria_puja_participante_id_numero_monto UNIQUE (participante_id, numero, monto),
    CONSTRAINT uq_feria_puja_participante_id_numero UNIQUE (participante_id, numero),
    CONSTRAINT uq_feria_puja_cliente_id UNIQUE (cliente_id),
    CONSTRAINT fk_feria_puja_participante_id
        FOREIGN KEY (participante_id) REFERENCES feria_subasta_participante (id),
    CONSTRAINT fk_feria_puja_participante_id_numero_anterior_anterior
        FOREIGN KEY (participante_id, numero_anterior, anterior) REFERENCES feria_puja (participante_id, numero, monto),
    CONSTRAINT ck_feria_puja_monto CHECK (monto > 0 AND paso > 0),
    CONSTRAINT ck_feria_puja_baja CHECK (
        CASE WHEN numero = 0 THEN numero_anterior IS NULL AND anterior IS NULL
            ELSE coalesce(numero > 0 AND numero_anterior = numero - 1 AND monto <= anterior - paso, false) END)
);
GRANT SELECT ON feria_puja TO qhatu_aplicacion;
CREATE TRIGGER feria_puja_inmutable BEFORE UPDATE OR DELETE ON feria_puja
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();
CREATE TRIGGER feria_subasta_participante_inmutable BEFORE UPDATE OR DELETE ON feria_subasta_participante
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();

-- What a bid said before it was auctioned, and when the price was fixed by which it is evaluated.
ALTER TABLE feria_oferta_linea
    ADD COLUMN precio_inicial NUMERIC(18, 4),
    ADD COLUMN total_inicial BIGINT,
    ADD COLUMN subastada_en TIMESTAMPTZ,
    ADD CONSTRAINT ck_feria_oferta_linea_subastada CHECK (
        CASE WHEN subastada_en IS NULL THEN precio_inicial IS NULL AND total_inicial IS NULL
            ELSE coalesce(precio_unitario <= precio_inicial AND total <= total_inicial, false) END);
DROP TRIGGER feria_oferta_linea_inmutable ON feria_oferta_linea;
CREATE TRIGGER feria_oferta_linea_inmutable BEFORE DELETE ON feria_oferta_linea
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();
-- As 0159_versiones has it; and what an envelope says was not auctioned.
CREATE OR REPLACE FUNCTION feria_oferta_linea_abierta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_convocatoria c JOIN feria_oferta o ON o.convocatoria_id = c.id
    WHERE o.id = NEW.oferta_id AND o.estado = 'vigente' AND c.estado = 'apertura' AND NEW.subastada_en IS NULL
        AND (c.vence_en IS NULL OR c.vence_en <= nucleo_ahora()) AND feria_oferta_vale(o.id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the envelopes are closed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION feria_oferta_linea_subastada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.subastada_en IS NOT NULL OR NEW.subastada_en IS NULL
        OR (NEW.precio_inicial, NEW.total_inicial) IS DISTINCT FROM (OLD.precio_unitario, OLD.total)
        OR (NEW.id, NEW.convocatoria_id, NEW.oferta_id, NEW.item_id, NEW.marca, NEW.detalle, NEW.plazo_dias)
            IS DISTINCT FROM (OLD.id, OLD.convocatoria_id, OLD.oferta_id, OLD.item_id, OLD.marca, OLD.detalle, OLD.plazo_dias)
        OR (SELECT estado FROM feria_convocatoria WHERE id = OLD.convocatoria_id) <> 'subasta' THEN
        RAISE EXCEPTION 'feria_oferta_linea is append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_oferta_linea_subastada BEFORE UPDATE ON feria_oferta_linea
    FOR EACH ROW EXECUTE FUNCTION feria_oferta_linea_subastada();

-- An auction is prepared in the act of opening, and then no more; it begins after it.
CREATE FUNCTION feria_subasta_al_abrir() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_convocatoria WHERE id = NEW.convocatoria_id AND estado = 'apertura' AND subasta;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'an auction is prepared when its envelopes are opened' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_subasta_al_abrir BEFORE INSERT ON feria_subasta
    FOR EACH ROW EXECUTE FUNCTION feria_subasta_al_abrir();
CREATE TRIGGER feria_subasta_al_abrir BEFORE INSERT ON feria_subasta_grupo
    FOR EACH ROW EXECUTE FUNCTION feria_subasta_al_abrir();
CREATE TRIGGER feria_subasta_al_abrir BEFORE INSERT ON feria_subasta_participante
    FOR EACH ROW EXECUTE FUNCTION feria_subasta_al_abrir();
CREATE FUNCTION feria_subasta_nace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.terminada_en IS NOT NULL OR NEW.empieza_en < nucleo_ahora() - interval '1 minute' THEN
        RAISE EXCEPTION 'an auction begins after it is told' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_subasta_nace BEFORE INSERT ON feria_subasta
    FOR EACH ROW EXECUTE FUNCTION feria_subasta_nace();
CREATE FUNCTION feria_subasta_grupo_nace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM feria_subasta WHERE convocatoria_id = NEW.convocatoria_id AND NEW.extensiones = 0
        AND NEW.termina_en = empieza_en + make_interval(mins => duracion_min);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'an auction lasts what its rule says' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_subasta_grupo_nace BEFORE INSERT ON feria_subasta_grupo
    FOR EACH ROW EXECUTE FUNCTION feria_subasta_grupo_nace();

-- The lines of the bid of who takes part, of what is auctioned at once, in the order of their items.
CREATE FUNCTION feria_subasta_lineas(p_participante uuid)
    RETURNS TABLE (linea_id uuid, cantidad numeric, precio numeric, total bigint, orden bigint) LANGUAGE sql STABLE AS $$
    SELECT l.id, i.cantidad, l.precio_unitario, l.total, row_number() OVER (ORDER BY i.numero)
    FROM feria_subasta_participante p
    JOIN feria_subasta_grupo g ON g.convocatoria_id = p.convocatoria_id AND g.numero = p.grupo
    JOIN feria_convocatoria c ON c.id = p.convocatoria_id
    JOIN feria_oferta_linea l ON l.oferta_id = p.oferta_id
    JOIN feria_item i ON i.id = l.item_id AND CASE c.adjudica_por WHEN 'item' THEN i.numero = g.numero
        WHEN 'lote' THEN i.lote = g.lote ELSE true END
    WHERE p.id = p_participante
$$;

-- What somebody's envelope said is their first bid, whole.
CREATE FUNCTION feria_subasta_participa() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO feria_puja (participante_id, numero, cliente_id, precios, monto, paso, hecha_en, hecha_por)
        SELECT NEW.id, 0, NEW.id, array_agg(l.precio ORDER BY l.orden), sum(l.total), g.paso, o.presentada_en, o.presentada_por
        FROM feria_subasta_lineas(NEW.id) l
        JOIN feria_subasta_grupo g ON g.convocatoria_id = NEW.convocatoria_id AND g.numero = NEW.grupo
        JOIN feria_oferta o ON o.id = NEW.oferta_id AND o.estado = 'vigente'
        GROUP BY g.paso, g.lote, o.presentada_en, o.presentada_por
        HAVING count(*) = (SELECT count(*) FROM feria_item i JOIN feria_convocatoria c ON c.id = i.convocatoria_id
            WHERE c.id = NEW.convocatoria_id AND CASE c.adjudica_por WHEN 'item' THEN i.numero = NEW.grupo
                WHEN 'lote' THEN i.lote = g.lote ELSE true END);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'who takes part bid for the whole of it' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION feria_subasta_participa() FROM PUBLIC;
CREATE TRIGGER feria_subasta_participa AFTER INSERT ON feria_subasta_participante
    FOR EACH ROW EXECUTE FUNCTION feria_subasta_participa();
