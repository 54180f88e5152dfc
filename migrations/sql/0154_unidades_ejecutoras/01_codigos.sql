-- An entity has many executing units; each (entity, unit) is of one entity of the registry, whoever else has its code.
ALTER TABLE feria_entidad ADD CONSTRAINT uq_feria_entidad_unidad_id UNIQUE (unidad_id, codigo);
CREATE TABLE feria_ejecutora (
    unidad_id UUID NOT NULL,
    ejecutora VARCHAR(2) NOT NULL,
    codigo VARCHAR(4) NOT NULL,
    nombre VARCHAR(160) NOT NULL,
    declarada_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_feria_ejecutora PRIMARY KEY (unidad_id, ejecutora),
    CONSTRAINT uq_feria_ejecutora_codigo_ejecutora UNIQUE (codigo, ejecutora),
    CONSTRAINT fk_feria_ejecutora_unidad_id_codigo FOREIGN KEY (unidad_id, codigo)
        REFERENCES feria_entidad (unidad_id, codigo),
    CONSTRAINT ck_feria_ejecutora_ejecutora CHECK (ejecutora ~ '^[0-9]{2}$'),
    CONSTRAINT ck_feria_ejecutora_nombre CHECK (char_length(nombre) >= 3)
);
GRANT SELECT, INSERT ON feria_ejecutora TO qhatu_aplicacion;
INSERT INTO feria_ejecutora (unidad_id, ejecutora, codigo, nombre)
    SELECT unidad_id, ejecutora, codigo, 'Unidad principal' FROM feria_entidad;
CREATE TRIGGER feria_ejecutora_inmutable BEFORE UPDATE OR DELETE ON feria_ejecutora
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();

-- A process that has its CUCE in SICOES is written down with it: who said so, by which mandate.
CREATE TABLE feria_cuce_dado (
    convocatoria_id UUID NOT NULL,
    autor VARCHAR(200) NOT NULL,
    mandato_id UUID,
    escrito_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_feria_cuce_dado PRIMARY KEY (convocatoria_id),
    CONSTRAINT fk_feria_cuce_dado_convocatoria_id FOREIGN KEY (convocatoria_id) REFERENCES feria_convocatoria (id)
);
GRANT SELECT, INSERT ON feria_cuce_dado TO qhatu_aplicacion;
CREATE TRIGGER feria_cuce_dado_inmutable BEFORE UPDATE OR DELETE ON feria_cuce_dado
    FOR EACH ROW EXECUTE FUNCTION feria_inmutable();
-- It is said while the process becomes public, never of one that was public already.
CREATE FUNCTION feria_cuce_dado_nace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM feria_convocatoria WHERE id = NEW.convocatoria_id AND estado = 'borrador') THEN
        RAISE EXCEPTION 'a code is given when its process becomes public' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER feria_cuce_dado_nace BEFORE INSERT ON feria_cuce_dado
    FOR EACH ROW EXECUTE FUNCTION feria_cuce_dado_nace();
