-- Whether a process of a modality must be in its entity's plan. It was not checked against the norm's text: it is shown.
ALTER TABLE feria_regla DROP CONSTRAINT ck_feria_regla_clave,
    ADD CONSTRAINT ck_feria_regla_clave CHECK (clave IN ('monto_desde', 'monto_hasta', 'dias_minimos',
        'dias_impugnacion', 'multa_por_mil', 'multa_tope', 'dias_documentos', 'actos_habiles', 'hora_desde',
        'hora_hasta', 'con_rpc', 'en_plan'));
INSERT INTO feria_regla (id, modalidad_id, clave, valor, confirmado, fuente, nota, vigente_desde)
    SELECT md5(m.id || 'en_plan2020')::uuid, m.id, 'en_plan', 1, false, 'DS 0181, programación anual, por cotejar', '',
        '2020-01-01'
    FROM feria_modalidad m WHERE m.norma = 'NB-SABS' AND m.codigo IN ('ANPE', 'ANPP', 'LP', 'LPI');
