-- Who signed what several did about one thing: the one that a field of the act's body names.
CREATE FUNCTION registro_firmaron(p_unidad uuid, p_codigo text, p_campo text, p_valor uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE AS $$
    SELECT f.persona_id FROM registro_acto a JOIN registro_acto_firma f ON f.acto_id = a.id
    WHERE a.unidad_id = p_unidad AND a.codigo = p_codigo AND a.estado = 'ejecutado'
        AND a.documento::jsonb -> 'cuerpo' ->> p_campo = p_valor::text
$$;

-- Who of its entity says that what was bought from the catalogue came well: each time that somebody does.
CREATE TABLE feria_conformidad (
    id UUID NOT NULL,
    compra_id UUID NOT NULL,
    persona_id UUID NOT NULL,
    quien VARCHAR(200) NOT NULL,
    mandatos UUID[] NOT NULL,
    dada_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_feria_conformidad PRIMARY KEY (id),
    CONSTRAINT fk_feria_conformidad_compra_id FOREIGN KEY (compra_id) REFERENCES feria_compra_de_catalogo (id),
    CONSTRAINT fk_feria_conformidad_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT ck_feria_conformidad_mandatos CHECK (cardinality(mandatos) BETWEEN 1 AND 2)
);
CREATE INDEX ix_feria_conformidad_compra_id_dada_en ON feria_conformidad (compra_id, dada_en);
GRANT SELECT, INSERT ON feria_conformidad TO qhatu_aplicacion;
CREATE TRIGGER inmutable BEFORE UPDATE OR DELETE ON feria_conformidad FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();

-- They buy for the entity, represent not who sells, and neither asked for it nor decided it, alone or with others. Once the
-- entity named who receives its purchases, it is one of them, if any of them is none of those.
CREATE FUNCTION feria_conformidad_nace() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    c feria_compra_de_catalogo%ROWTYPE;
    v_intervinieron uuid[];
    v_reciben uuid[];
BEGIN
    SELECT * INTO c FROM feria_compra_de_catalogo WHERE id = NEW.compra_id;
    IF c.pedido_id IS NULL OR NEW.dada_en NOT BETWEEN nucleo_ahora() - interval '1 hour' AND nucleo_ahora()
        OR registro_representa(NEW.persona_id, c.vendedor_id)
        OR NOT registro_puede(NEW.mandatos, NEW.persona_id, c.unidad_id, 'COMPRAR') THEN
        RAISE EXCEPTION 'who buys for the entity receives what it ordered' USING ERRCODE = 'restrict_violation';
    END IF;
    v_intervinieron := ARRAY[c.solicito_id, c.decidio_id]
        || ARRAY(SELECT registro_firmaron(c.unidad_id, 'aprobacion_de_compra', 'compra_id', c.id));
    IF NEW.persona_id = ANY (v_intervinieron) THEN
        RAISE EXCEPTION 'who asked for a purchase or decided it does not receive it' USING ERRCODE = 'restrict_violation';
    END IF;
    v_reciben := ARRAY(
        SELECT d.persona_id FROM feria_designacion d
        WHERE d.unidad_id = c.unidad_id AND d.papel = 'recibe_compras' AND d.cesada_en IS NULL
            AND d.desde <= nucleo_ahora() AND (d.hasta IS NULL OR d.hasta > nucleo_ahora())
            AND d.persona_id <> ALL (v_intervinieron) AND registro_representa(d.persona_id, c.unidad_id));
    IF cardinality(v_reciben) > 0 AND NEW.persona_id <> ALL (v_reciben) THEN
        RAISE EXCEPTION 'a purchase is received by whom its entity named' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_conformidad_nace BEFORE INSERT ON feria_conformidad
    FOR EACH ROW EXECUTE FUNCTION feria_conformidad_nace();

-- At the commit: no order of a purchase from the catalogue is received conform, before time says it, without its row.
CREATE FUNCTION feria_exigir_conformidad() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM feria_compra_de_catalogo c WHERE c.pedido_id = (to_jsonb(NEW) ->> TG_ARGV[0])::uuid
            AND NOT EXISTS (SELECT FROM feria_conformidad f WHERE f.compra_id = c.id)
    ) THEN
        RAISE EXCEPTION 'somebody of its entity receives what it bought' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER feria_exigir_conformidad AFTER UPDATE OF conforme_en ON comercio_pedido
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.conforme_en IS NOT NULL AND OLD.conforme_en IS NULL)
    EXECUTE FUNCTION feria_exigir_conformidad('id');
CREATE CONSTRAINT TRIGGER feria_exigir_conformidad AFTER UPDATE OF estado ON comercio_servicio
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.estado = 'conforme' AND OLD.estado <> 'conforme'
          AND coalesce(NEW.terminado_en < NEW.conforme_hasta, true))
    EXECUTE FUNCTION feria_exigir_conformidad('pedido_id');
