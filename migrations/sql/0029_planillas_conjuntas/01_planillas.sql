-- A batch is presented by who prepared it with their signature, and paid by the last signature of a joint act.
ALTER TABLE pagos_planilla ADD COLUMN acto_id UUID;

-- Those that wait today go on waiting, as acts of two signatures; who prepared them has signed, if they still may.
INSERT INTO registro_acto (id, codigo, unidad_id, facultad, documento, huella, monto, firmas_requeridas,
                           propuesto_por, creado_en, vence_en, estado)
SELECT gen_random_uuid(), 'planilla', p.unidad_id, 'PAGAR', d.documento, sha256(convert_to(d.documento, 'UTF8')),
       p.total, 2, p.preparada_por, a.ahora, a.ahora + interval '15 days', 'pendiente'
FROM pagos_planilla p CROSS JOIN (SELECT nucleo_ahora() AS ahora) a CROSS JOIN LATERAL (
    SELECT format('{"codigo":"planilla","cuerpo":{"archivo":"%s","lineas":%s,"planilla":"%s",'
                  '"total":{"moneda":"BOB","monto":"%s.%s"}},"unidad":"%s"}',
                  encode(p.huella, 'hex'), p.lineas, p.id, p.total / 100, lpad((p.total % 100)::text, 2, '0'),
                  p.unidad_id) AS documento) d
WHERE p.estado = 'presentada';

ALTER TABLE pagos_planilla DISABLE TRIGGER pagos_planilla_guardia;
UPDATE pagos_planilla p SET acto_id = a.id
FROM registro_acto a WHERE p.estado = 'presentada' AND a.codigo = 'planilla'
    AND (a.documento::jsonb -> 'cuerpo' ->> 'planilla')::uuid = p.id;
ALTER TABLE pagos_planilla ENABLE TRIGGER pagos_planilla_guardia;

INSERT INTO registro_acto_firma (acto_id, persona_id, huella, mandato_id, mandato_propio_id, firmado_en)
SELECT DISTINCT ON (a.id) a.id, q.persona_id, a.huella, q.mandato_id, q.mandato_propio_id, nucleo_ahora()
FROM registro_acto a CROSS JOIN LATERAL registro_firmantes(a, nucleo_ahora()) q
WHERE a.codigo = 'planilla' AND q.persona_id = a.propuesto_por AND q.alcanza
ORDER BY a.id, q.limite DESC NULLS FIRST, q.mandato_id;

ALTER TABLE pagos_planilla
    ADD CONSTRAINT fk_pagos_planilla_acto_id FOREIGN KEY (acto_id) REFERENCES registro_acto (id),
    DROP CONSTRAINT ck_pagos_planilla_dos_personas,
    DROP CONSTRAINT ck_pagos_planilla_resuelta,
    ADD CONSTRAINT ck_pagos_planilla_resuelta CHECK (
        (estado IN ('ejecutada', 'rechazada', 'anulada', 'vencida')) = (resuelta_en IS NOT NULL)
        AND (resuelta_por IS NULL) = (resuelta_en IS NULL OR estado = 'vencida')
        AND (resuelta_por IS NULL) = (resuelta_nombre IS NULL)),
    ADD CONSTRAINT ck_pagos_planilla_acto CHECK (acto_id IS NOT NULL OR estado <> 'presentada');
CREATE INDEX ix_pagos_planilla_acto_id ON pagos_planilla (acto_id);

CREATE OR REPLACE FUNCTION pagos_planilla_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_lineas BIGINT;
    v_total BIGINT;
    v_diferencias BIGINT;
    v_pagadas BIGINT;
    v_pagado BIGINT;
    v_pendientes BIGINT;
BEGIN
    IF (OLD.id, OLD.unidad_id, OLD.cuenta_id, OLD.nombre, OLD.huella, OLD.lineas, OLD.total, OLD.diferencias,
        OLD.preparada_por, OLD.preparada_nombre, OLD.creado_en)
       IS DISTINCT FROM
       (NEW.id, NEW.unidad_id, NEW.cuenta_id, NEW.nombre, NEW.huella, NEW.lineas, NEW.total, NEW.diferencias,
        NEW.preparada_por, NEW.preparada_nombre, NEW.creado_en) THEN
        RAISE EXCEPTION 'lo que se preparó pagar no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.acto_id IS NOT NULL AND NEW.acto_id IS DISTINCT FROM OLD.acto_id THEN
        RAISE EXCEPTION 'una planilla espera firmas en un solo acto' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.estado = NEW.estado THEN
        RAISE EXCEPTION 'una planilla solo cambia al pasar de % a otro estado', OLD.estado
            USING ERRCODE = 'restrict_violation';
    END IF;
    -- By the act that this very transaction does: nobody pays a batch alone.
    IF NEW.estado = 'ejecutada' AND NOT EXISTS (SELECT FROM registro_acto_en_curso(NEW.acto_id)) THEN
        RAISE EXCEPTION 'una planilla se paga con las firmas de su acto' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.estado IN ('presentada', 'ejecutada') THEN
        SELECT count(*), coalesce(sum(monto), 0), count(*) FILTER (WHERE NOT coincide),
               count(*) FILTER (WHERE resultado = 'ok'),
               coalesce(sum(monto) FILTER (WHERE resultado = 'ok'), 0),
               count(*) FILTER (WHERE resultado IS NULL)
        INTO v_lineas, v_total, v_diferencias, v_pagadas, v_pagado, v_pendientes
        FROM pagos_planilla_linea WHERE planilla_id = NEW.id;
        IF (v_lineas, v_total, v_diferencias) IS DISTINCT FROM (NEW.lineas, NEW.total, NEW.diferencias) THEN
            RAISE EXCEPTION 'las líneas de la planilla no suman su total'
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.estado = 'ejecutada'
           AND (v_pagadas, v_pagado, v_pendientes) IS DISTINCT FROM (NEW.pagadas, NEW.pagado, 0) THEN
            RAISE EXCEPTION 'lo pagado no es la suma de las líneas pagadas'
                USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;

ALTER TABLE pagos_planilla DROP CONSTRAINT IF EXISTS ck_pagos_planilla_estado,
    ADD CONSTRAINT ck_pagos_planilla_estado CHECK (estado IN ('preparada', 'presentada', 'ejecutada', 'rechazada', 'anulada', 'vencida'));
CREATE OR REPLACE TRIGGER vida_nace BEFORE INSERT ON pagos_planilla FOR EACH ROW
    WHEN (NEW.estado NOT IN ('preparada')) EXECUTE FUNCTION nucleo_vida();
CREATE OR REPLACE TRIGGER vida_pasa BEFORE UPDATE ON pagos_planilla FOR EACH ROW
    WHEN (NEW.estado <> OLD.estado AND NOT CASE OLD.estado
        WHEN 'preparada' THEN NEW.estado IN ('presentada', 'anulada')
        WHEN 'presentada' THEN NEW.estado IN ('ejecutada', 'rechazada', 'anulada', 'vencida')
        ELSE false END) EXECUTE FUNCTION nucleo_vida();
