-- From what is commonly told of the norms: none was checked against the official text. What none says is the house's.
INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-000000006701', 'envios.reclamar', 'Reclamar por un envío, desde que el operador lo recibió',
     6, 'meses', 'dia_habil_siguiente', true, NULL, 'Convenio Postal Universal (reclamaciones)',
     'Pasado el plazo el reclamo se recibe igual, y se dice que llegó tarde.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000006702', 'envios.dar_por_perdido',
     'Poder reclamar la pérdida, desde la fecha prometida', 10, 'dias_habiles', 'dia_habil_siguiente', true, NULL,
     'Regla de la plataforma', 'O a los 30 días sin noticias, lo que llegue antes.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000006703', 'envios.responder_reclamo', 'Responder un reclamo: el operador postal',
     15, 'dias_habiles', 'dia_habil_siguiente', true, 'positivo', 'DS 27172, reclamación directa',
     'Si el operador no responde se tiene por aceptado: regla de la plataforma.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000006704', 'envios.impugnar_reclamo',
     'Llevar a la autoridad un reclamo respondido en contra', 15, 'dias_habiles', 'dia_habil_siguiente', true, NULL,
     'DS 27172, reclamación administrativa', 'Pasado el plazo queda lo que respondió el operador.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000006705', 'envios.resolver_reclamo', 'Resolver un reclamo: la autoridad', 30,
     'dias_habiles', 'dia_habil_siguiente', true, 'negativo', 'DS 27172; Ley 2341, art. 17',
     'Sin resolución en el plazo queda lo que respondió el operador.', false, '2017-01-01');

-- Forty special drawing rights, in round bolivianos, where no value was declared.
INSERT INTO envios_regla_de_reclamo (id, clase, piso, porte_pb, norma, nota, confirmado, vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-000000006711', 'perdida', 37000, 10000, 'Convenio Postal Universal (encomiendas)',
     'Unos 40 derechos especiales de giro cuando no se declaró el valor; se devuelve el porte.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000006712', 'dano', 37000, 0, 'Convenio Postal Universal (encomiendas)',
     'Unos 40 derechos especiales de giro cuando no se declaró el valor.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000006713', 'perdida_parcial', 37000, 0, 'Convenio Postal Universal (encomiendas)',
     'Unos 40 derechos especiales de giro cuando no se declaró el valor.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000006714', 'demora', 0, 10000, 'Regla de la plataforma',
     'Se devuelve el porte: se pagó por una fecha que no se cumplió.', false, '2017-01-01');

-- Who may qualify postal operators answers for them: a competence of its own, which can be withdrawn.
ALTER TABLE registro_competencia DROP CONSTRAINT ck_registro_competencia_materia,
    ADD CONSTRAINT ck_registro_competencia_materia CHECK (materia IN (
        'INSCRIPCION', 'HABILITACION', 'MANDATOS', 'PAGOS', 'CALENDARIO', 'COMPETENCIAS', 'ENVIOS'
    ));
INSERT INTO registro_competencia (id, autoridad_id, materia, lugar, norma, vigente_desde, vigente_hasta, otorgada_en)
SELECT gen_random_uuid(), c.autoridad_id, 'ENVIOS', c.lugar, 'LEY-164', c.vigente_desde, c.vigente_hasta, nucleo_ahora()
FROM (
    SELECT DISTINCT ON (autoridad_id, coalesce(lugar, '')) * FROM registro_competencia
    WHERE materia = 'HABILITACION' AND (clase IS NULL OR clase = 'OPERADOR_POSTAL') AND retirada_en IS NULL
    ORDER BY autoridad_id, coalesce(lugar, ''), vigente_desde
) c;
