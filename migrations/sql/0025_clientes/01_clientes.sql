-- A program belongs to a unit: one of nobody could do nothing.
DELETE FROM ciudadania_token WHERE cliente_id IN (SELECT id FROM ciudadania_cliente WHERE unidad_id IS NULL);
DELETE FROM ciudadania_cliente WHERE unidad_id IS NULL;

ALTER TABLE ciudadania_cliente
    ALTER COLUMN unidad_id SET NOT NULL,
    ADD COLUMN pista TEXT,
    ADD COLUMN secreto_desde TIMESTAMPTZ,
    ADD COLUMN secreto_vence_en TIMESTAMPTZ,
    ADD COLUMN huella_anterior BYTEA,
    ADD COLUMN anterior_vence_en TIMESTAMPTZ,
    ADD COLUMN avisado_de TIMESTAMPTZ,
    ADD COLUMN usado_en TIMESTAMPTZ,
    ADD COLUMN revocado_motivo TEXT;

-- Those that exist: of their secret only the hash is known, and it ends a year from now.
UPDATE ciudadania_cliente SET
    pista = '????', secreto_desde = nucleo_ahora(), secreto_vence_en = nucleo_ahora() + interval '365 days',
    nombre = CASE WHEN char_length(btrim(nombre)) > 0 THEN left(btrim(nombre), 60) || ' ' || left(id::text, 8)
                  ELSE id::text END,
    alcances = CASE WHEN cardinality(alcances) > 0 THEN alcances ELSE ARRAY['buzon'] END,
    revocado_en = CASE WHEN cardinality(alcances) > 0 THEN revocado_en
                       ELSE coalesce(revocado_en, nucleo_ahora()) END;
UPDATE ciudadania_cliente SET revocado_motivo = 'Desconectado antes de que se pidiera un motivo'
WHERE revocado_en IS NOT NULL;

ALTER TABLE ciudadania_cliente
    ALTER COLUMN pista SET NOT NULL,
    ALTER COLUMN secreto_desde SET NOT NULL,
    ALTER COLUMN secreto_vence_en SET NOT NULL,
    ADD CONSTRAINT ck_ciudadania_cliente_huella_anterior_sha256 CHECK (octet_length(huella_anterior) = 32),
    ADD CONSTRAINT ck_ciudadania_cliente_dos_secretos_distintos CHECK (huella_anterior <> huella_secreto),
    ADD CONSTRAINT ck_ciudadania_cliente_anterior_completo
        CHECK ((huella_anterior IS NULL) = (anterior_vence_en IS NULL)),
    ADD CONSTRAINT ck_ciudadania_cliente_traslape_corto
        CHECK (anterior_vence_en <= secreto_desde + interval '7 days'),
    ADD CONSTRAINT ck_ciudadania_cliente_vigencia_del_secreto
        CHECK (secreto_vence_en > secreto_desde AND secreto_vence_en <= secreto_desde + interval '366 days'),
    ADD CONSTRAINT ck_ciudadania_cliente_nombre_corto CHECK (char_length(nombre) BETWEEN 1 AND 80),
    ADD CONSTRAINT ck_ciudadania_cliente_algun_alcance CHECK (cardinality(alcances) > 0),
    ADD CONSTRAINT ck_ciudadania_cliente_revocacion CHECK ((revocado_en IS NULL) = (revocado_motivo IS NULL));
CREATE UNIQUE INDEX uq_ciudadania_cliente_nombre ON ciudadania_cliente (unidad_id, nombre)
    WHERE revocado_en IS NULL;
CREATE INDEX ix_ciudadania_cliente_vence ON ciudadania_cliente (secreto_vence_en) WHERE revocado_en IS NULL;

CREATE FUNCTION ciudadania_cliente_guardia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.revocado_en IS NOT NULL THEN
        RAISE EXCEPTION 'un programa desconectado no vuelve' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.nombre, NEW.unidad_id, NEW.alcances, NEW.creado_en)
       IS DISTINCT FROM (OLD.id, OLD.nombre, OLD.unidad_id, OLD.alcances, OLD.creado_en) THEN
        RAISE EXCEPTION 'lo que un programa es no cambia' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ciudadania_cliente_guardia BEFORE UPDATE ON ciudadania_cliente
    FOR EACH ROW EXECUTE FUNCTION ciudadania_cliente_guardia();

REVOKE UPDATE ON ciudadania_cliente FROM qhatu_aplicacion;
GRANT SELECT, INSERT, UPDATE (huella_secreto, pista, secreto_desde, secreto_vence_en, huella_anterior, anterior_vence_en, avisado_de, usado_en, revocado_en, revocado_motivo) ON ciudadania_cliente TO qhatu_aplicacion;
