-- Joint mandates are of people, of one unit, and need the same number of signatures.
ALTER TABLE registro_mandato
    DROP CONSTRAINT ck_registro_mandato_grupo_firma,
    ADD CONSTRAINT ck_registro_mandato_grupo_firma CHECK ((firmas_requeridas = 1) = (grupo_firma IS NULL)),
    ADD CONSTRAINT ck_registro_mandato_conjunto_de_personas
        CHECK (grupo_firma IS NULL OR apoderado_persona_id IS NOT NULL),
    ADD CONSTRAINT ex_registro_mandato_grupo_de_una_unidad
        EXCLUDE USING gist (grupo_firma WITH =, unidad_id WITH <>),
    ADD CONSTRAINT ex_registro_mandato_grupo_de_k
        EXCLUDE USING gist (grupo_firma WITH =, firmas_requeridas WITH <>);

CREATE TABLE registro_acto (
    id UUID NOT NULL,
    codigo VARCHAR(40) NOT NULL,
    unidad_id UUID NOT NULL,
    facultad VARCHAR(20) NOT NULL,
    documento TEXT NOT NULL,
    huella BYTEA NOT NULL,
    monto BIGINT,
    grupo_firma UUID,
    firmas_requeridas SMALLINT NOT NULL,
    propuesto_por UUID NOT NULL,
    creado_en TIMESTAMPTZ NOT NULL,
    vence_en TIMESTAMPTZ NOT NULL,
    estado VARCHAR(10) NOT NULL,
    resuelto_en TIMESTAMPTZ,
    resuelto_por UUID,
    motivo VARCHAR(300),
    mandatos UUID[],
    limite BIGINT,
    transaccion BIGINT,
    negado_en TIMESTAMPTZ,
    negado_motivo VARCHAR(500),
    CONSTRAINT pk_registro_acto PRIMARY KEY (id),
    CONSTRAINT uq_registro_acto_id_huella UNIQUE (id, huella),
    CONSTRAINT fk_registro_acto_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_registro_acto_propuesto_por FOREIGN KEY (propuesto_por) REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_registro_acto_resuelto_por FOREIGN KEY (resuelto_por) REFERENCES ciudadania_persona (id),
    CONSTRAINT ck_registro_acto_firmas CHECK (firmas_requeridas >= 2),
    CONSTRAINT ck_registro_acto_monto CHECK (monto > 0),
    CONSTRAINT ck_registro_acto_huella CHECK (huella = sha256(convert_to(documento, 'UTF8'))),
    CONSTRAINT ck_registro_acto_documento CHECK (
        documento::jsonb ->> 'codigo' = codigo AND documento::jsonb ->> 'unidad' = unidad_id::text
        AND jsonb_typeof(documento::jsonb -> 'cuerpo') = 'object'),
    CONSTRAINT ck_registro_acto_plazo CHECK (
        vence_en > creado_en AND vence_en <= creado_en + interval '15 days'),
    CONSTRAINT ck_registro_acto_resuelto CHECK ((estado = 'pendiente') = (resuelto_en IS NULL)),
    CONSTRAINT ck_registro_acto_resuelto_por CHECK (
        (estado IN ('pendiente', 'vencido')) = (resuelto_por IS NULL)),
    CONSTRAINT ck_registro_acto_motivo CHECK ((estado = 'rechazado') = (motivo IS NOT NULL)),
    CONSTRAINT ck_registro_acto_ejecutado CHECK (
        (estado = 'ejecutado') = (mandatos IS NOT NULL) AND (estado = 'ejecutado') = (transaccion IS NOT NULL)
        AND (limite IS NULL OR mandatos IS NOT NULL) AND cardinality(mandatos) > 0),
    CONSTRAINT ck_registro_acto_negado CHECK ((negado_en IS NULL) = (negado_motivo IS NULL))
);
CREATE INDEX ix_registro_acto_unidad ON registro_acto (unidad_id, creado_en, id);
CREATE INDEX ix_registro_acto_pendiente ON registro_acto (vence_en) WHERE estado = 'pendiente';
CREATE INDEX ix_registro_acto_transaccion ON registro_acto (transaccion);

-- One signature a person, of the very hash of the act.
CREATE TABLE registro_acto_firma (
    acto_id UUID NOT NULL,
    persona_id UUID NOT NULL,
    huella BYTEA NOT NULL,
    mandato_id UUID NOT NULL,
    mandato_propio_id UUID,
    firmado_en TIMESTAMPTZ NOT NULL,
    CONSTRAINT pk_registro_acto_firma PRIMARY KEY (acto_id, persona_id),
    CONSTRAINT fk_registro_acto_firma_acto_id_huella FOREIGN KEY (acto_id, huella)
        REFERENCES registro_acto (id, huella),
    CONSTRAINT fk_registro_acto_firma_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_registro_acto_firma_mandato_id FOREIGN KEY (mandato_id) REFERENCES registro_mandato (id),
    CONSTRAINT fk_registro_acto_firma_mandato_propio_id FOREIGN KEY (mandato_propio_id)
        REFERENCES registro_mandato (id)
);

-- Who may sign an act at an instant, by each chain of mandates that lets them: the unit's, held by the person or
-- by an office where they hold another; valid then, with the act's faculty; of its group, or of who may alone.
-- `alcanza`: up to its amount. Whoever reads, signs or executes asks this.
CREATE FUNCTION registro_firmantes(a registro_acto, p_instante timestamptz)
RETURNS TABLE (persona_id uuid, mandato_id uuid, mandato_propio_id uuid, limite bigint, solo boolean,
               alcanza boolean)
LANGUAGE sql STABLE AS $$
    SELECT coalesce(m.apoderado_persona_id, p.apoderado_persona_id), m.id, p.id,
           least(m.monto_limite, p.monto_limite), m.firmas_requeridas = 1,
           coalesce(least(m.monto_limite, p.monto_limite) >= a.monto, true)
    FROM (SELECT CASE WHEN a.facultad IN ('ADMINISTRAR', 'REGULAR') THEN ARRAY[a.facultad::text]
                      ELSE ARRAY[a.facultad::text, 'ADMINISTRAR'] END AS dan) AS facultad
    JOIN registro_mandato m ON m.unidad_id = a.unidad_id AND m.facultades && dan
    LEFT JOIN registro_unidad o ON o.id = m.apoderado_unidad_id AND o.estado = 'inscrita'
    LEFT JOIN registro_mandato p ON p.unidad_id = o.id AND p.apoderado_persona_id IS NOT NULL
        AND p.firmas_requeridas = 1 AND p.facultades && dan AND registro_mandato_vigente(p, p_instante)
    WHERE registro_mandato_vigente(m, p_instante) AND (m.apoderado_unidad_id IS NULL OR p.id IS NOT NULL)
      AND (m.firmas_requeridas = 1 OR a.grupo_firma IS NULL OR m.grupo_firma = a.grupo_firma)
$$;

-- The signatures of an act that count at an instant: of who could give it by the same mandates.
CREATE FUNCTION registro_firmas_validas(p_acto uuid, p_instante timestamptz)
RETURNS TABLE (persona_id uuid, mandato_id uuid, mandato_propio_id uuid, limite bigint, solo boolean)
LANGUAGE sql STABLE AS $$
    SELECT q.persona_id, q.mandato_id, q.mandato_propio_id, q.limite, q.solo FROM registro_acto a
    CROSS JOIN LATERAL registro_firmantes(a, p_instante) q
    JOIN registro_acto_firma f ON f.acto_id = a.id AND (f.persona_id, f.mandato_id) = (q.persona_id, q.mandato_id)
        AND f.mandato_propio_id IS NOT DISTINCT FROM q.mandato_propio_id
    WHERE a.id = p_acto AND q.alcanza
$$;

-- Whether those signatures are enough: as many people as it needs; and, when it was proposed by who may alone,
-- one who still may.
CREATE FUNCTION registro_acto_firmado(p_acto uuid, p_instante timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT (SELECT count(*) FROM registro_firmas_validas(a.id, p_instante)) >= a.firmas_requeridas
       AND (a.grupo_firma IS NOT NULL OR EXISTS (
            SELECT FROM registro_firmas_validas(a.id, p_instante) v WHERE v.solo))
    FROM registro_acto a WHERE a.id = p_acto
$$;

-- Whether this very transaction does a joint act by that mandate: then it gives power, and only then.
CREATE FUNCTION registro_mandato_en_acto(p_mandato uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM registro_acto
                   WHERE transaccion = pg_current_xact_id_if_assigned()::text::bigint
                     AND estado = 'ejecutado' AND p_mandato = ANY (mandatos))
$$;

-- The act that this very transaction does: for whom, what for, up to how much, and by which chain its last
-- signature, whose it is to answer for it.
CREATE FUNCTION registro_acto_en_curso(p_acto uuid)
RETURNS TABLE (unidad_id uuid, facultad varchar, limite bigint, mandato_id uuid, mandato_propio_id uuid)
LANGUAGE sql STABLE AS $$
    SELECT a.unidad_id, a.facultad, a.limite, f.mandato_id, f.mandato_propio_id
    FROM registro_acto a JOIN registro_acto_firma f ON f.acto_id = a.id AND f.persona_id = a.resuelto_por
    WHERE a.id = p_acto AND a.estado = 'ejecutado'
      AND a.transaccion = pg_current_xact_id_if_assigned()::text::bigint
$$;

-- In a joint act the mandates of all who signed are used: each limit of each is judged, and each takes it up.
CREATE OR REPLACE FUNCTION registro_mandatos_en_uso(p_cadena uuid[]) RETURNS SETOF registro_mandato
LANGUAGE sql STABLE AS $$
    WITH suyos AS (
        SELECT unnest(p_cadena) AS id
        UNION
        SELECT unnest(mandatos) FROM registro_acto
        WHERE transaccion = pg_current_xact_id_if_assigned()::text::bigint AND mandatos && p_cadena)
    SELECT m.* FROM registro_mandato m WHERE m.id IN (
        SELECT id FROM suyos UNION SELECT d.delegado_de FROM registro_mandato d JOIN suyos USING (id))
$$;

-- As it was, but that a joint mandate is good in the act that its group signed.
CREATE OR REPLACE FUNCTION registro_juzgar_mandato(
    p_mandato uuid, p_propio uuid, p_quien uuid, p_unidad uuid, p_caso text, p_monto bigint, p_instante timestamptz
) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    m registro_mandato;
    o registro_mandato;
    c registro_caso_de_uso;
    v_facultades text[];
    v_codigo text;
BEGIN
    SELECT * INTO m FROM registro_mandato WHERE id = p_mandato;
    IF p_propio IS NOT NULL THEN
        SELECT * INTO o FROM registro_mandato WHERE id = p_propio;
    END IF;
    v_codigo := CASE
        WHEN m.id IS NULL OR p_quien IS NULL OR m.unidad_id IS DISTINCT FROM p_unidad THEN 'mandato_ajeno'
        WHEN p_propio IS NULL AND m.apoderado_persona_id IS DISTINCT FROM p_quien THEN 'mandato_ajeno'
        WHEN p_propio IS NOT NULL AND (o.id IS NULL OR o.unidad_id IS DISTINCT FROM m.apoderado_unidad_id
             OR o.apoderado_persona_id IS DISTINCT FROM p_quien) THEN 'mandato_ajeno'
        WHEN NOT registro_mandato_vigente(m, p_instante) THEN 'mandato_no_vigente'
        WHEN p_propio IS NOT NULL AND NOT (registro_mandato_vigente(o, p_instante)
             AND EXISTS (SELECT FROM registro_unidad WHERE id = o.unidad_id AND estado = 'inscrita'))
            THEN 'mandato_no_vigente'
        WHEN o.firmas_requeridas > 1 OR m.firmas_requeridas > 1 AND NOT registro_mandato_en_acto(m.id)
            THEN 'mandato_conjunto'
        ELSE 'ok' END;
    IF v_codigo <> 'ok' OR p_caso IS NULL THEN
        RETURN v_codigo;
    END IF;
    SELECT * INTO STRICT c FROM registro_caso_de_uso WHERE caso = p_caso;
    v_facultades := ARRAY[c.facultad, 'ADMINISTRAR'];
    IF NOT m.facultades && v_facultades OR p_propio IS NOT NULL AND NOT o.facultades && v_facultades THEN
        RETURN 'mandato_sin_facultad';
    END IF;
    RETURN registro_juzgar_limites(ARRAY[p_mandato, p_propio], c, p_monto, p_instante);
END $$;

CREATE FUNCTION registro_acto_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.vence_en > nucleo_ahora() + interval '15 days' THEN
            RAISE EXCEPTION 'un acto espera firmas quince días a lo más' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.id, OLD.codigo, OLD.unidad_id, OLD.facultad, OLD.documento, OLD.huella, OLD.monto, OLD.grupo_firma,
        OLD.firmas_requeridas, OLD.propuesto_por, OLD.creado_en, OLD.vence_en)
       IS DISTINCT FROM
       (NEW.id, NEW.codigo, NEW.unidad_id, NEW.facultad, NEW.documento, NEW.huella, NEW.monto, NEW.grupo_firma,
        NEW.firmas_requeridas, NEW.propuesto_por, NEW.creado_en, NEW.vence_en) THEN
        RAISE EXCEPTION 'lo que se firma no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.estado <> 'pendiente' THEN
        RAISE EXCEPTION 'un acto % ya no cambia', OLD.estado USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado = 'ejecutado' THEN
        IF NOT registro_acto_firmado(NEW.id, nucleo_ahora()) THEN
            RAISE EXCEPTION 'al acto % le faltan firmas que valgan', NEW.id USING ERRCODE = 'restrict_violation';
        END IF;
        IF EXISTS (SELECT FROM unnest(NEW.mandatos) AS m (id) WHERE m.id NOT IN (
                SELECT v.mandato_id FROM registro_firmas_validas(NEW.id, nucleo_ahora()) v
                UNION ALL
                SELECT v.mandato_propio_id FROM registro_firmas_validas(NEW.id, nucleo_ahora()) v
                WHERE v.mandato_propio_id IS NOT NULL)) THEN
            RAISE EXCEPTION 'un acto se ejecuta con los mandatos de quienes lo firmaron'
                USING ERRCODE = 'restrict_violation';
        END IF;
        NEW.transaccion := pg_current_xact_id()::text::bigint;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guardia BEFORE INSERT OR UPDATE ON registro_acto
    FOR EACH ROW EXECUTE FUNCTION registro_acto_guardia();

-- After the row is there: the same function that counts signatures says whether this one is good.
CREATE FUNCTION registro_acto_firma_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM registro_acto WHERE id = NEW.acto_id AND estado = 'pendiente'
                   AND vence_en > nucleo_ahora()) THEN
        RAISE EXCEPTION 'un acto que terminó no recibe firmas' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM registro_firmas_validas(NEW.acto_id, nucleo_ahora()) v
                   WHERE v.persona_id = NEW.persona_id) THEN
        RAISE EXCEPTION 'esa persona no puede firmar el acto con ese mandato' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER guardia AFTER INSERT ON registro_acto_firma
    FOR EACH ROW EXECUTE FUNCTION registro_acto_firma_guardia();

CREATE TRIGGER sin_borrar BEFORE DELETE ON registro_acto
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER inmutable BEFORE UPDATE OR DELETE ON registro_acto_firma
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();

GRANT SELECT, INSERT, UPDATE (estado, resuelto_en, resuelto_por, motivo, mandatos, limite, negado_en, negado_motivo) ON registro_acto TO qhatu_aplicacion;
GRANT SELECT, INSERT ON registro_acto_firma TO qhatu_aplicacion;
