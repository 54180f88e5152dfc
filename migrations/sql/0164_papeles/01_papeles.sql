-- The roles of contracting: who was named to each, which two one person may not hold, and recusals.

INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-00000000fe11', 'feria.resolver_excusa',
     'Resolver la excusa o la recusación de quien participa en un proceso: la entidad', 2, 'dias_habiles',
     'dia_habil_siguiente', true, NULL, 'Regla de la plataforma',
     'Sin respuesta, quien se excusó queda fuera y a quien recusaron se queda.', false, '2017-01-01');

-- Who decides a process: an RPC the public tenders, an RPA what is smaller.
ALTER TABLE feria_regla DROP CONSTRAINT ck_feria_regla_clave,
    ADD CONSTRAINT ck_feria_regla_clave CHECK (clave IN ('monto_desde', 'monto_hasta', 'dias_minimos',
        'dias_impugnacion', 'multa_por_mil', 'multa_tope', 'dias_documentos', 'actos_habiles', 'hora_desde',
        'hora_hasta', 'con_rpc'));
INSERT INTO feria_regla (id, modalidad_id, clave, valor, confirmado, fuente, nota, vigente_desde)
    SELECT md5(m.id || 'con_rpc2020')::uuid, m.id, 'con_rpc', CASE WHEN m.codigo LIKE 'LP%' THEN 1 ELSE 0 END, true,
        'DS 0181', '', '2020-01-01'
    FROM feria_modalidad m WHERE m.norma = 'NB-SABS' AND m.codigo IN ('CM', 'ANPE', 'ANPP', 'LP', 'LPI');

CREATE TABLE feria_designacion (
    id UUID NOT NULL,
    unidad_id UUID NOT NULL,
    convocatoria_id UUID,
    papel VARCHAR(14) NOT NULL,
    persona_id UUID NOT NULL,
    documento VARCHAR(200) NOT NULL,
    desde TIMESTAMPTZ NOT NULL,
    hasta TIMESTAMPTZ,
    designada_en TIMESTAMPTZ NOT NULL DEFAULT nucleo_ahora(),
    autor VARCHAR(200) NOT NULL,
    mandato_id UUID,
    reemplaza_a UUID,
    cesada_en TIMESTAMPTZ,
    cesada_por VARCHAR(200),
    motivo_cese VARCHAR(1000),
    CONSTRAINT pk_feria_designacion PRIMARY KEY (id),
    CONSTRAINT uq_feria_designacion_reemplaza_a UNIQUE (reemplaza_a),
    CONSTRAINT fk_feria_designacion_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT fk_feria_designacion_convocatoria_id FOREIGN KEY (convocatoria_id) REFERENCES feria_convocatoria (id),
    CONSTRAINT fk_feria_designacion_persona_id FOREIGN KEY (persona_id) REFERENCES ciudadania_persona (id),
    CONSTRAINT fk_feria_designacion_reemplaza_a FOREIGN KEY (reemplaza_a) REFERENCES feria_designacion (id),
    CONSTRAINT ck_feria_designacion_papel CHECK (papel IN ('mae', 'rpc', 'rpa', 'administrativa', 'juridica',
        'solicitante', 'responsable', 'calificacion', 'recepcion')),
    CONSTRAINT ck_feria_designacion_ambito CHECK (
        CASE WHEN convocatoria_id IS NULL THEN papel IN ('mae', 'rpc', 'rpa', 'administrativa', 'juridica')
        ELSE papel IN ('rpc', 'rpa', 'solicitante', 'responsable', 'calificacion', 'recepcion') END),
    CONSTRAINT ck_feria_designacion_hasta CHECK (hasta > desde),
    CONSTRAINT ck_feria_designacion_cese CHECK (
        num_nonnulls(cesada_en, cesada_por, motivo_cese) IN (0, 3) AND char_length(motivo_cese) >= 10)
);
CREATE UNIQUE INDEX uq_feria_designacion_entidad ON feria_designacion (unidad_id, papel, persona_id)
    WHERE convocatoria_id IS NULL AND cesada_en IS NULL;
CREATE UNIQUE INDEX uq_feria_designacion_proceso ON feria_designacion (convocatoria_id, papel, persona_id)
    WHERE cesada_en IS NULL;
CREATE UNIQUE INDEX uq_feria_designacion_mae ON feria_designacion (unidad_id)
    WHERE papel = 'mae' AND cesada_en IS NULL;
CREATE INDEX ix_feria_designacion_hasta ON feria_designacion (hasta) WHERE cesada_en IS NULL;
CREATE INDEX ix_feria_designacion_convocatoria ON feria_designacion (convocatoria_id, designada_en);
CREATE INDEX ix_feria_designacion_unidad ON feria_designacion (unidad_id, designada_en);
GRANT SELECT, INSERT, UPDATE (cesada_en, cesada_por, motivo_cese) ON feria_designacion TO qhatu_aplicacion;

CREATE TABLE feria_incompatibilidad (
    id UUID NOT NULL,
    papel VARCHAR(14) NOT NULL,
    con VARCHAR(14) NOT NULL,
    confirmado BOOLEAN NOT NULL,
    fuente VARCHAR(200) NOT NULL,
    vigente_desde DATE NOT NULL,
    vigente_hasta DATE,
    CONSTRAINT pk_feria_incompatibilidad PRIMARY KEY (id),
    CONSTRAINT ck_feria_incompatibilidad_papeles CHECK (
        papel IN ('mae', 'rpc', 'rpa', 'administrativa', 'juridica', 'solicitante', 'responsable', 'calificacion',
            'recepcion')
        AND con IN ('mae', 'rpc', 'rpa', 'administrativa', 'juridica', 'solicitante', 'responsable', 'calificacion',
            'recepcion')
        AND papel <> con),
    CONSTRAINT ck_feria_incompatibilidad_fuente CHECK (char_length(fuente) >= 3),
    CONSTRAINT ck_feria_incompatibilidad_vigencia CHECK (vigente_hasta >= vigente_desde)
);
GRANT SELECT ON feria_incompatibilidad TO qhatu_aplicacion;
-- What the platform itself asks binds; what is said of the norm and was not checked against its text warns.
INSERT INTO feria_incompatibilidad (id, papel, con, confirmado, fuente, vigente_desde)
    SELECT md5('incompatibilidad:' || v.papel || ':' || v.con)::uuid, v.papel, v.con, v.confirmado, v.fuente,
        '2020-01-01'
    FROM (VALUES
        ('calificacion', 'recepcion', true, 'Regla de la plataforma: quien evalúa no recibe'),
        ('rpc', 'calificacion', false, 'DS 0181, por cotejar'),
        ('rpa', 'calificacion', false, 'DS 0181, por cotejar'),
        ('rpc', 'recepcion', false, 'DS 0181, por cotejar'),
        ('rpa', 'recepcion', false, 'DS 0181, por cotejar'),
        ('mae', 'calificacion', false, 'DS 0181, por cotejar'),
        ('mae', 'recepcion', false, 'DS 0181, por cotejar')
    ) v (papel, con, confirmado, fuente);

CREATE TABLE feria_excusa (
    id UUID NOT NULL,
    designacion_id UUID NOT NULL,
    clase VARCHAR(10) NOT NULL,
    estado VARCHAR(10) NOT NULL,
    unidad_id UUID,
    motivo VARCHAR(1000) NOT NULL,
    presentada_en TIMESTAMPTZ NOT NULL,
    presentada_por VARCHAR(200) NOT NULL,
    resolver_hasta TIMESTAMPTZ NOT NULL,
    resuelta_en TIMESTAMPTZ,
    resuelta_por VARCHAR(200),
    fundamento VARCHAR(1000),
    tacita BOOLEAN,
    CONSTRAINT pk_feria_excusa PRIMARY KEY (id),
    CONSTRAINT fk_feria_excusa_designacion_id FOREIGN KEY (designacion_id) REFERENCES feria_designacion (id),
    CONSTRAINT fk_feria_excusa_unidad_id FOREIGN KEY (unidad_id) REFERENCES registro_unidad (id),
    CONSTRAINT ck_feria_excusa_clase CHECK (clase IN ('excusa', 'recusacion')),
    CONSTRAINT ck_feria_excusa_unidad_id CHECK ((clase = 'recusacion') = (unidad_id IS NOT NULL)),
    CONSTRAINT ck_feria_excusa_motivo CHECK (char_length(motivo) >= 10),
    CONSTRAINT ck_feria_excusa_resolver_hasta CHECK (resolver_hasta > presentada_en),
    CONSTRAINT ck_feria_excusa_resuelta_en CHECK ((estado = 'presentada') = (resuelta_en IS NULL)),
    CONSTRAINT ck_feria_excusa_fundamento CHECK (
        num_nonnulls(resuelta_en, resuelta_por, fundamento, tacita) IN (0, 4) AND char_length(fundamento) >= 10)
);
CREATE UNIQUE INDEX uq_feria_excusa_una ON feria_excusa (designacion_id)
    WHERE clase = 'excusa' AND estado = 'presentada';
CREATE UNIQUE INDEX uq_feria_excusa_unidad ON feria_excusa (designacion_id, unidad_id);
CREATE INDEX ix_feria_excusa_presentada ON feria_excusa (resolver_hasta) WHERE estado = 'presentada';
GRANT SELECT, INSERT, UPDATE (estado, resuelta_en, resuelta_por, fundamento, tacita) ON feria_excusa
    TO qhatu_aplicacion;

-- Of what is public already, who published it is in the audit trail: they hold that, and nobody else is named.
INSERT INTO feria_designacion (id, unidad_id, convocatoria_id, papel, persona_id, documento, desde, designada_en,
                               autor, mandato_id)
    SELECT DISTINCT ON (c.id) md5('responsable:' || c.id)::uuid, c.unidad_id, c.id, 'responsable', p.id, '',
        c.publicado_en, c.publicado_en, a.actor_nombre, a.mandato_id
    FROM feria_convocatoria c
    JOIN nucleo_auditoria a ON a.objeto_tipo = 'feria_convocatoria' AND a.objeto_id = c.id::text
        AND a.accion IN ('convocatoria.publicar', 'convocatoria.sin_convocatoria') AND a.actor_tipo = 'persona'
    JOIN ciudadania_persona p ON p.id = a.actor_id
    WHERE c.publicado_en IS NOT NULL
    ORDER BY c.id, a.numero;
