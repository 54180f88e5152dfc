-- Terms of the house until a norm says otherwise, and the penalty of a day as the models of contract bound it.
INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-00000000fe02', 'feria.recibir_entrega',
     'Objetar lo entregado de una orden de compra: la entidad', 5, 'dias_habiles', 'dia_habil_siguiente', true,
     'positivo', 'Regla de la plataforma', 'Si no objeta, se tiene por recibido conforme.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-00000000fe03', 'feria.pagar_orden',
     'Pagar lo recibido de una orden de compra', 30, 'dias_calendario', 'dia_siguiente', false, NULL,
     'Regla de la plataforma', 'La deuda no se extingue: se muestra cuánto demora.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-00000000fe04', 'feria.abandono_de_orden',
     'Que una orden de compra atrasada quede resuelta por sí sola', 60, 'dias_calendario', 'dia_siguiente', false,
     NULL, 'Regla de la plataforma', 'Se paga lo que se recibió.', false, '2017-01-01');

ALTER TABLE feria_regla DROP CONSTRAINT ck_feria_regla_clave,
    ADD CONSTRAINT ck_feria_regla_clave CHECK (clave IN ('monto_desde', 'monto_hasta', 'dias_minimos',
        'dias_impugnacion', 'multa_por_mil', 'multa_tope'));
INSERT INTO feria_regla (id, modalidad_id, clave, valor, confirmado, fuente, nota, vigente_desde)
    SELECT md5(m.id || v.clave || '2026')::uuid, m.id, v.clave, v.valor, false, 'Modelo de contrato (DS 0181)',
        'La multa por día de atraso está por confirmar: la entidad decide si la aplica.', '2026-01-01'
    FROM feria_modalidad m, (VALUES ('multa_por_mil', 10), ('multa_tope', 20)) v (clave, valor)
    WHERE m.norma = 'NB-SABS';
