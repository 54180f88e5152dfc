-- How an auction is held, where a modality admits it: the least by which a bid goes down (so many in a thousand of the
-- reference), how long it lasts, the last minutes in which a bid makes it longer by as many, and from how long after the
-- opening it may begin. No public text of the norm says them: they are shown as not confirmed.
ALTER TABLE feria_regla DROP CONSTRAINT ck_feria_regla_clave,
    ADD CONSTRAINT ck_feria_regla_clave CHECK (clave IN ('monto_desde', 'monto_hasta', 'dias_minimos',
        'dias_impugnacion', 'multa_por_mil', 'multa_tope', 'dias_documentos', 'actos_habiles', 'hora_desde',
        'hora_hasta', 'con_rpc', 'en_plan', 'garantia_por_mil', 'garantia_mype', 'anticipo_tope', 'monto_seriedad',
        'subasta_paso', 'subasta_duracion', 'subasta_extension', 'subasta_espera'));
INSERT INTO feria_regla (id, modalidad_id, clave, valor, confirmado, fuente, nota, vigente_desde)
    SELECT md5(m.id || v.clave || '2022')::uuid, m.id, v.clave, v.valor, false, 'DS 4453 y RM 021/2022, por cotejar',
        'El paso, la duración y la extensión de la subasta no se hallaron en un texto público.', '2022-02-17'
    FROM feria_modalidad m CROSS JOIN (VALUES ('subasta_paso', 10), ('subasta_duracion', 30), ('subasta_extension', 5),
        ('subasta_espera', 60)) AS v (clave, valor)
    WHERE m.norma = 'NB-SABS' AND m.codigo IN ('ANPE', 'ANPP', 'LP');
