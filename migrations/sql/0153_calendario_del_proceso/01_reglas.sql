-- When the acts of a process fall: on working days, in office hours; and how long who won has for its documents.
ALTER TABLE feria_regla DROP CONSTRAINT ck_feria_regla_clave, DROP CONSTRAINT ck_feria_regla_valor,
    ADD CONSTRAINT ck_feria_regla_clave CHECK (clave IN ('monto_desde', 'monto_hasta', 'dias_minimos',
        'dias_impugnacion', 'multa_por_mil', 'multa_tope', 'dias_documentos', 'actos_habiles', 'hora_desde',
        'hora_hasta')),
    ADD CONSTRAINT ck_feria_regla_valor CHECK (valor >= 0 AND (clave LIKE 'monto%'
        OR valor <= CASE WHEN clave LIKE 'hora%' THEN 1440 ELSE 365 END));
-- Of 18.561 real closings none fell on a weekend: it binds. No norm says one hour for every entity: it is advice.
INSERT INTO feria_regla (id, modalidad_id, clave, valor, confirmado, fuente, nota, vigente_desde)
    SELECT md5(m.id || v.clave || '2020')::uuid, m.id, v.clave, v.valor, v.confirmado, v.fuente, v.nota, '2020-01-01'
    FROM feria_modalidad m, (VALUES
        ('actos_habiles', 1, true, 'DS 0181, plazos en días hábiles; 18.561 cierres de SICOES', ''),
        ('hora_desde', 510, false, 'Horario de atención habitual', 'El horario de atención está por confirmar.'),
        ('hora_hasta', 1110, false, 'Horario de atención habitual', 'El horario de atención está por confirmar.'),
        ('dias_documentos', 4, false, 'DS 0181', 'El plazo para presentar documentos está por confirmar.')
    ) v (clave, valor, confirmado, fuente, nota)
    WHERE m.norma = 'NB-SABS';
