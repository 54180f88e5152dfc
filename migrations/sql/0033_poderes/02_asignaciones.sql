-- Which person of an office serves which of its clients. Without a row nobody of the office reaches the client.
CREATE TABLE registro_asignacion (
    id UUID NOT NULL,
    mandato_id UUID NOT NULL,
    persona_id UUID NOT NULL,
    asignada_en TIMESTAMPTZ NOT NULL,
    asignada_por UUID,
    retirada_en TIMESTAMPTZ,
    retirada_por UUID,
    CONSTRAINT pk_registro_asignacion PRIMARY KEY (id),
    CONSTRAINT fk_registro_asignacion_mandato_id FOREIGN KEY (mandato_id) REFERENCES registro_mandato (id),
    CONSTRAINT fk_registro_asignacion_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT ck_registro_asignacion_retiro CHECK (retirada_en >= asignada_en)
);
CREATE UNIQUE INDEX uq_registro_asignacion_una ON registro_asignacion (mandato_id, persona_id)
    WHERE retirada_en IS NULL;
CREATE INDEX ix_registro_asignacion_persona ON registro_asignacion (persona_id, mandato_id);

CREATE FUNCTION registro_guardar_asignacion() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.retirada_en < nucleo_ahora() - interval '1 minute'
       OR NEW.retirada_en IS NULL OR NEW.retirada_en < nucleo_ahora() - interval '1 minute'
       OR coalesce(NEW.retirada_en > OLD.retirada_en, false)
       OR (to_jsonb(NEW) - ARRAY['retirada_en', 'retirada_por'])
          <> (to_jsonb(OLD) - ARRAY['retirada_en', 'retirada_por']) THEN
        RAISE EXCEPTION 'una asignación solo se retira' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guardar BEFORE UPDATE OR DELETE ON registro_asignacion
    FOR EACH ROW EXECUTE FUNCTION registro_guardar_asignacion();
GRANT SELECT, INSERT, UPDATE (retirada_en, retirada_por) ON registro_asignacion TO qhatu_aplicacion;

-- Until today everybody of an office with a common faculty reached its clients: they go on.
INSERT INTO registro_asignacion (id, mandato_id, persona_id, asignada_en)
SELECT DISTINCT ON (m.id, p.apoderado_persona_id) gen_random_uuid(), m.id, p.apoderado_persona_id, nucleo_ahora()
FROM registro_mandato m
JOIN registro_mandato p ON p.unidad_id = m.apoderado_unidad_id AND p.apoderado_persona_id IS NOT NULL
WHERE coalesce(least(m.valido_hasta, m.revocado_en, p.valido_hasta, p.revocado_en) > nucleo_ahora(), true);

CREATE FUNCTION registro_asignado(p_mandato uuid, p_persona uuid, p_instante timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM registro_asignacion a
        WHERE a.mandato_id = p_mandato AND a.persona_id = p_persona AND a.asignada_en <= p_instante
          AND coalesce(a.retirada_en > p_instante, true))
$$;

-- As 0028_actos has it, and the person must be assigned to that client of the office.
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
             AND EXISTS (SELECT FROM registro_unidad WHERE id = o.unidad_id AND estado = 'inscrita')
             AND registro_asignado(p_mandato, p_quien, p_instante))
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

-- As 0028_actos has it, and so must who signs.
CREATE OR REPLACE FUNCTION registro_firmantes(a registro_acto, p_instante timestamptz)
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
    WHERE registro_mandato_vigente(m, p_instante) AND (m.apoderado_unidad_id IS NULL OR registro_asignado(m.id, p.apoderado_persona_id, p_instante))
      AND (m.firmas_requeridas = 1 OR a.grupo_firma IS NULL OR m.grupo_firma = a.grupo_firma)
$$;
