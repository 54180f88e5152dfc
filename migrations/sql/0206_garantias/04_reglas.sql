-- What the norm asks as a guarantee: 7 % of what is contracted (3,5 % of small producers), an advance of 20 % at most and
-- covered whole, the seriousness of a bid above Bs 200.000. It was not checked against the norm's text: it is shown.
ALTER TABLE feria_regla DROP CONSTRAINT ck_feria_regla_clave,
    ADD CONSTRAINT ck_feria_regla_clave CHECK (clave IN ('monto_desde', 'monto_hasta', 'dias_minimos',
        'dias_impugnacion', 'multa_por_mil', 'multa_tope', 'dias_documentos', 'actos_habiles', 'hora_desde',
        'hora_hasta', 'con_rpc', 'en_plan', 'garantia_por_mil', 'garantia_mype', 'anticipo_tope', 'monto_seriedad'));
INSERT INTO feria_regla (id, modalidad_id, clave, valor, confirmado, fuente, nota, vigente_desde)
    SELECT md5(m.id || v.clave || '2020')::uuid, m.id, v.clave, v.valor, false, 'DS 0181, garantías, por cotejar', '',
        '2020-01-01'
    FROM feria_modalidad m, (VALUES ('garantia_por_mil', 70), ('garantia_mype', 35), ('anticipo_tope', 20),
        ('monto_seriedad', 20000000)) v (clave, valor)
    WHERE m.norma = 'NB-SABS' AND m.codigo IN ('CM', 'ANPE', 'ANPP', 'LP', 'LPI');
