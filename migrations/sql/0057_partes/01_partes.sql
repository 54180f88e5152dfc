-- One row a citizen and one a unit, for ever; a third person is written down each time.
CREATE TABLE registro_parte (
    id UUID NOT NULL,
    clase TEXT NOT NULL,
    persona_id UUID,
    unidad_id UUID,
    nombre TEXT,
    telefono TEXT,
    documento TEXT,
    creada_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    CONSTRAINT pk_registro_parte PRIMARY KEY (id),
    CONSTRAINT uq_registro_parte_persona_id UNIQUE (persona_id),
    CONSTRAINT uq_registro_parte_unidad_id UNIQUE (unidad_id),
    CONSTRAINT fk_registro_parte_persona_id FOREIGN KEY (persona_id)
        REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_registro_parte_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT ck_registro_parte_clase CHECK (clase IN ('persona', 'unidad', 'tercero')),
    CONSTRAINT ck_registro_parte_lo_de_su_clase CHECK (
        (clase = 'persona') = (persona_id IS NOT NULL) AND (clase = 'unidad') = (unidad_id IS NOT NULL)
        AND (clase = 'tercero') = (nombre IS NOT NULL)
        AND (clase = 'tercero' OR num_nonnulls(telefono, documento) = 0)
    ),
    CONSTRAINT ck_registro_parte_nombre CHECK (nombre = btrim(nombre) AND length(nombre) BETWEEN 1 AND 120),
    CONSTRAINT ck_registro_parte_telefono CHECK (telefono ~ '^\+[1-9][0-9]{4,14}$'),
    CONSTRAINT ck_registro_parte_documento CHECK (documento ~ '^[0-9A-Z][0-9A-Z-]{3,19}$')
);
CREATE TRIGGER registro_parte_inmutable BEFORE UPDATE OR DELETE ON registro_parte
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
GRANT SELECT, INSERT ON registro_parte TO qhatu_aplicacion;
