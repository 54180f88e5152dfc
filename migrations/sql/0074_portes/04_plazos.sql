-- The house's, until a norm says otherwise.
INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-00000d1e4001', 'envios.excedente', 'Aceptar lo que un envío medido cuesta de más', 3,
     'dias_habiles', 'dia_habil_siguiente', true, 'negativo', 'Regla de Qhatu',
     'Sin respuesta, no se cobra: el operador lleva el envío por lo cotizado o lo devuelve.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-00000d1e4002', 'envios.deuda', 'Pagar lo cobrado contra entrega y las indemnizaciones',
     2, 'dias_habiles', 'dia_habil_siguiente', true, NULL, 'Regla de Qhatu',
     'Vencido, se toma de la cuenta del operador, que no recibe cobros nuevos mientras deba.', false, '2017-01-01');
