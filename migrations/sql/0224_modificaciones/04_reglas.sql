-- By how much an order may change, and until when a modification waits for its supplier: shown, not checked.
ALTER TABLE feria_regla DROP CONSTRAINT ck_feria_regla_clave,
    ADD CONSTRAINT ck_feria_regla_clave CHECK (clave IN ('monto_desde', 'monto_hasta', 'dias_minimos',
        'dias_impugnacion', 'multa_por_mil', 'multa_tope', 'dias_documentos', 'actos_habiles', 'hora_desde',
        'hora_hasta', 'con_rpc', 'en_plan', 'garantia_por_mil', 'garantia_mype', 'anticipo_tope', 'monto_seriedad',
        'subasta_paso', 'subasta_duracion', 'subasta_extension', 'subasta_espera',
        'subasta_prorroga', 'modificacion_tope'));
INSERT INTO feria_regla (id, modalidad_id, clave, valor, confirmado, fuente, nota, vigente_desde)
    SELECT md5(m.id || 'modificacion_tope2020')::uuid, m.id, 'modificacion_tope', 10, false,
        'DS 0181, contratos modificatorios, por cotejar', '', '2020-01-01'
    FROM feria_modalidad m WHERE m.norma = 'NB-SABS' AND m.codigo IN ('CM', 'ANPE', 'ANPP', 'LP', 'LPI');
INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-00000000fe31', 'feria.firmar_modificacion',
     'Firmar la modificación de una orden de compra: el proveedor', 5, 'dias_habiles', 'dia_habil_siguiente', true,
     'negativo', 'Regla de la plataforma', 'Si no firma, la orden queda como estaba.', false, '2017-01-01');
