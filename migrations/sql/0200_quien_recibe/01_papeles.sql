-- An entity names who receives what it buys from the catalogue; each process names its own.
ALTER TABLE feria_designacion
    DROP CONSTRAINT ck_feria_designacion_papel,
    ADD CONSTRAINT ck_feria_designacion_papel CHECK (papel IN ('mae', 'rpc', 'rpa', 'administrativa', 'juridica',
        'recibe_compras', 'solicitante', 'responsable', 'calificacion', 'recepcion')),
    DROP CONSTRAINT ck_feria_designacion_ambito,
    ADD CONSTRAINT ck_feria_designacion_ambito CHECK (
        CASE WHEN convocatoria_id IS NULL
        THEN papel IN ('mae', 'rpc', 'rpa', 'administrativa', 'juridica', 'recibe_compras')
        ELSE papel IN ('rpc', 'rpa', 'solicitante', 'responsable', 'calificacion', 'recepcion') END);
ALTER TABLE feria_incompatibilidad
    DROP CONSTRAINT ck_feria_incompatibilidad_papeles,
    ADD CONSTRAINT ck_feria_incompatibilidad_papeles CHECK (
        papel IN ('mae', 'rpc', 'rpa', 'administrativa', 'juridica', 'recibe_compras', 'solicitante', 'responsable',
            'calificacion', 'recepcion')
        AND con IN ('mae', 'rpc', 'rpa', 'administrativa', 'juridica', 'recibe_compras', 'solicitante', 'responsable',
            'calificacion', 'recepcion')
        AND papel <> con);
-- As of who receives in a process: said of the norm, and not checked against its text.
INSERT INTO feria_incompatibilidad (id, papel, con, confirmado, fuente, vigente_desde)
    SELECT md5('incompatibilidad:' || papel || ':recibe_compras')::uuid, papel, 'recibe_compras', false,
        'DS 0181, por cotejar', '2020-01-01'
    FROM unnest(ARRAY['mae', 'rpc', 'rpa']) AS papel;
