-- With what is contracted: an order of what is delivered in so many calendar days at most, a contract of the rest.
ALTER TABLE feria_regla DROP CONSTRAINT ck_feria_regla_clave,
    ADD CONSTRAINT ck_feria_regla_clave CHECK (clave IN ('monto_desde', 'monto_hasta', 'dias_minimos',
        'dias_impugnacion', 'multa_por_mil', 'multa_tope', 'dias_documentos', 'actos_habiles', 'hora_desde',
        'hora_hasta', 'con_rpc', 'en_plan', 'garantia_por_mil', 'garantia_mype', 'anticipo_tope', 'monto_seriedad',
        'subasta_paso', 'subasta_duracion', 'subasta_extension', 'subasta_espera', 'subasta_prorroga',
        'modificacion_tope', 'orden_dias'));
INSERT INTO feria_regla (id, modalidad_id, clave, valor, confirmado, fuente, nota, vigente_desde)
    SELECT md5(m.id || 'orden_dias2020')::uuid, m.id, 'orden_dias', 15, false,
        'DS 0181, orden de compra o de servicio, por cotejar', '', '2020-01-01'
    FROM feria_modalidad m WHERE m.norma = 'NB-SABS' AND m.codigo IN ('CM', 'ANPE', 'ANPP', 'LP', 'LPI');
