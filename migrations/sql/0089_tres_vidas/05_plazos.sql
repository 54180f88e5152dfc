-- The house's, after what Mercado Libre does: no norm sets them. Reputation will choose among the three that free money.
INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-000000008401', 'comercio.liberacion_buena',
     'Pagar a quien vende con buena reputación, desde que se entrega', 2, 'dias_calendario', 'dia_siguiente', false,
     'positivo', 'Regla de la plataforma', '', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000008402', 'comercio.liberacion',
     'Pagar a quien vende sin reputación todavía, desde que se entrega', 6, 'dias_calendario', 'dia_siguiente', false,
     'positivo', 'Regla de la plataforma', 'Quien compró puede reclamar mientras corre, o dar su conformidad antes.',
     false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000008403', 'comercio.liberacion_mala',
     'Pagar a quien vende con mala reputación, desde que se entrega', 22, 'dias_calendario', 'dia_siguiente', false,
     'positivo', 'Regla de la plataforma', '', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000008404', 'comercio.conformidad',
     'Dar la conformidad de un servicio, desde que se declara hecho', 6, 'dias_calendario', 'dia_siguiente', false,
     'positivo', 'Regla de la plataforma', 'El silencio es conformidad.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000008405', 'comercio.sin_entrega',
     'Entregar un paquete, desde que el correo lo recibe', 60, 'dias_calendario', 'dia_siguiente', false, NULL,
     'Regla de la plataforma', 'Después, o a los 30 días sin noticias, se da por perdido y el dinero vuelve.', false,
     '2017-01-01'),
    ('018f0000-0000-7000-8000-000000008406', 'comercio.no_recibido',
     'Poder reclamar que no se recibió, desde la compra', 21, 'dias_calendario', 'dia_siguiente', false, NULL,
     'Regla de la plataforma', '', false, '2017-01-01');
