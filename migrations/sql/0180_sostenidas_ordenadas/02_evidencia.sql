-- Until when a frozen search is evidence of a purchase, and what the public list of purchases is asked by.
INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES ('018f0000-0000-7000-8000-000000017701', 'feria.busqueda_de_compra',
        'Pedir una compra del catálogo con la búsqueda congelada que la respalda, desde que se congeló', 30,
        'dias_calendario', 'dia_siguiente', false, NULL, 'Regla de la plataforma',
        'Pasado el plazo se congela otra: lo que la tienda ofrecía pudo cambiar.', false, '2017-01-01');
CREATE INDEX ix_feria_compra_de_catalogo_de_su_entidad ON feria_compra_de_catalogo (unidad_id, decidida_en, id)
    WHERE pedido_id IS NOT NULL;
CREATE INDEX ix_feria_compra_de_catalogo_de_su_vendedor ON feria_compra_de_catalogo (vendedor_id, decidida_en, id)
    WHERE pedido_id IS NOT NULL;
