INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES ('018f0000-0000-7000-8000-000000018301', 'comercio.contacto',
        'Ver el teléfono y la dirección de quien compró, desde que el pedido termina: quien vende', 30, 'dias_calendario',
        'dia_siguiente', false, NULL, 'Regla de la plataforma',
        'Después los ve solo quien compró: nadie reclama ya por ese pedido.', false, '2017-01-01');
