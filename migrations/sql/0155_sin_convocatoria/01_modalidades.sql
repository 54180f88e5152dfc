-- Every pair of norm and modality of the processes of a month of SICOES. The cause and the norm choose them, no amount
-- bounds them here; what is not known of one (its name, its terms) is not guessed.
INSERT INTO feria_modalidad (id, codigo, nombre, metodo_ocds, norma)
    SELECT md5('modalidad:' || v.norma || ':' || v.codigo)::uuid, v.codigo, v.nombre, v.metodo, v.norma
    FROM (VALUES
        ('CD', 'NB-SABS', 'Contratación Directa', 'direct'),
        ('CD', 'DS-2439', 'Contratación Directa', 'direct'),
        ('CD', 'DS-2511', 'Contratación Directa', 'direct'),
        ('CD', 'DS-26688', 'Contratación Directa', 'direct'),
        ('CD', 'BID', 'Contratación Directa', 'direct'),
        ('CD', 'OTRA', 'Contratación Directa', 'direct'),
        ('EM', 'NB-SABS', 'Contratación por Desastres o Emergencias', 'direct'),
        ('EX', 'NB-SABS', 'Contratación por Excepción', 'direct'),
        ('CNC', 'DS-4505', 'CNC, como la nombra SICOES', 'open'),
        ('CND1', 'DS-4505', 'CND1, como la nombra SICOES', 'limited'),
        ('LP', 'OTRA', 'Licitación Pública', 'open'),
        ('OF', 'DS-26688', 'OF, como la nombra SICOES', 'open'),
        ('OF', 'FINANCIADOR', 'OF, como la nombra SICOES', 'open'),
        ('OF', 'BID', 'OF, como la nombra SICOES', 'open'),
        ('OF', 'BM', 'OF, como la nombra SICOES', 'open'),
        ('OF', 'OTRA', 'OF, como la nombra SICOES', 'open')
    ) v (codigo, norma, nombre, metodo);
INSERT INTO feria_regla (id, modalidad_id, clave, valor, confirmado, fuente, nota, vigente_desde)
    SELECT md5(m.id || v.clave || '2020')::uuid, m.id, v.clave, v.valor, v.confirmado, v.fuente, v.nota, '2020-01-01'
    FROM feria_modalidad m, (VALUES
        ('actos_habiles', 1, true, '18.561 cierres de SICOES, ninguno en fin de semana', ''),
        ('hora_desde', 510, false, 'Horario de atención habitual', 'El horario de atención está por confirmar.'),
        ('hora_hasta', 1110, false, 'Horario de atención habitual', 'El horario de atención está por confirmar.')
    ) v (clave, valor, confirmado, fuente, nota)
    WHERE NOT EXISTS (SELECT FROM feria_regla r WHERE r.modalidad_id = m.id);
