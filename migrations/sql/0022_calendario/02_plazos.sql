-- Those of the market move here as the operator set them.
INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, norma, nota, confirmado,
                          vigente_desde, vigente_hasta)
SELECT id, 'comercio.despacho', 'Despachar un pedido pagado', valor, 'dias_habiles', 'dia_habil_siguiente', true,
       norma, '', false, vigente_desde, vigente_hasta
FROM comercio_plazo WHERE codigo = 'despacho_dias_habiles'
UNION ALL
SELECT id, 'comercio.carrito_anonimo', 'Guardar un carrito sin dueño', valor, 'dias_calendario', 'dia_siguiente',
       false, norma, '', false, vigente_desde, vigente_hasta
FROM comercio_plazo WHERE codigo = 'carrito_anonimo_dias';
DROP TABLE comercio_plazo;

-- From memory of the laws: none was checked against the official text.
INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-000000002101', 'tramites.subsanacion', 'Subsanar lo observado en un trámite', 5,
     'dias_habiles', 'dia_habil_siguiente', true, NULL, 'Ley 2341, art. 43', '', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000002102', 'tramites.resolucion', 'Resolver un trámite', 6, 'meses',
     'dia_habil_siguiente', true, 'negativo', 'Ley 2341, art. 17',
     'Sin respuesta en el plazo, lo solicitado se tiene por negado y se puede impugnar.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000002103', 'tramites.revocatoria', 'Presentar el recurso de revocatoria', 10,
     'dias_habiles', 'dia_habil_siguiente', true, NULL, 'Ley 2341, art. 64', '', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000002104', 'tramites.jerarquico', 'Presentar el recurso jerárquico', 10,
     'dias_habiles', 'dia_habil_siguiente', true, NULL, 'Ley 2341, art. 66', '', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-000000002105', 'tramites.distancia',
     'Plazo adicional para quien vive en otro municipio que la sede de la entidad', 5,
     'dias_habiles', 'dia_habil_siguiente', true, NULL, 'Ley 2341, art. 21.III', '', false, '2017-01-01');
