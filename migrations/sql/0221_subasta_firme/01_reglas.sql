-- How far a notice of an interruption may move the end of an auction, in days from it: one more dated value of the modalities
-- that have auctions, and of the processes that were born before it was one. No public text of the norm says it.
ALTER TABLE feria_regla DROP CONSTRAINT ck_feria_regla_clave,
    ADD CONSTRAINT ck_feria_regla_clave CHECK (clave IN ('monto_desde', 'monto_hasta', 'dias_minimos',
        'dias_impugnacion', 'multa_por_mil', 'multa_tope', 'dias_documentos', 'actos_habiles', 'hora_desde',
        'hora_hasta', 'con_rpc', 'en_plan', 'garantia_por_mil', 'garantia_mype', 'anticipo_tope', 'monto_seriedad',
        'subasta_paso', 'subasta_duracion', 'subasta_extension', 'subasta_espera', 'subasta_prorroga'));
INSERT INTO feria_regla (id, modalidad_id, clave, valor, confirmado, fuente, nota, vigente_desde, vigente_hasta)
    SELECT md5(modalidad_id || 'subasta_prorroga' || vigente_desde)::uuid, modalidad_id, 'subasta_prorroga', 10, confirmado,
        fuente, nota, vigente_desde, vigente_hasta
    FROM feria_regla WHERE clave = 'subasta_paso';
ALTER TABLE feria_convocatoria DISABLE TRIGGER USER;
UPDATE feria_convocatoria SET reglas = jsonb_set(reglas, '{valores,subasta_prorroga}',
        (reglas #> '{valores,subasta_paso}') || '{"valor": 10}')
    WHERE reglas #> '{valores,subasta_paso}' IS NOT NULL;
ALTER TABLE feria_convocatoria ENABLE TRIGGER USER;
