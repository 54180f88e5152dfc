-- A process that waits for its entity says until when: then time alone takes it on.
INSERT INTO nucleo_plazo (id, codigo, nombre, valor, unidad, empieza, prorroga, silencio, norma, nota, confirmado,
                          vigente_desde)
VALUES
    ('018f0000-0000-7000-8000-00000000fe05', 'feria.abrir_sobres',
     'Abrir los sobres de una convocatoria: la entidad', 3, 'dias_habiles', 'dia_habil_siguiente', true, NULL,
     'Regla de la plataforma', 'Si nadie los abre, se abren solos y queda en el acta.', false, '2017-01-01'),
    ('018f0000-0000-7000-8000-00000000fe06', 'feria.decidir_items',
     'Decidir los ítems de una convocatoria abierta: la entidad', 60, 'dias_calendario', 'dia_siguiente', false, NULL,
     'Regla de la plataforma', 'Es lo que valen las ofertas: después, lo que nadie decidió queda desierto.', false,
     '2017-01-01'),
    ('018f0000-0000-7000-8000-00000000fe07', 'feria.emitir_ordenes',
     'Emitir las órdenes de compra de lo adjudicado: la entidad', 60, 'dias_calendario', 'dia_siguiente', false, NULL,
     'Regla de la plataforma', 'Después quien ganó queda libre y el ítem se decide de nuevo.', false, '2017-01-01');

ALTER TABLE feria_convocatoria DISABLE TRIGGER USER;
ALTER TABLE feria_convocatoria ADD COLUMN sigue_en TIMESTAMPTZ;
-- Those that wait already have as long as one that begins to wait now, in calendar days.
UPDATE feria_convocatoria SET sigue_en = now() + CASE estado
        WHEN 'recepcion_cerrada' THEN interval '7 days' ELSE interval '60 days' END
    WHERE estado IN ('recepcion_cerrada', 'evaluacion')
        OR (estado = 'resuelto' AND items_adjudicados > items_ordenados);
ALTER TABLE feria_convocatoria ENABLE TRIGGER USER;
ALTER TABLE feria_convocatoria ADD CONSTRAINT ck_feria_convocatoria_sigue_en 
    CHECK (estado NOT IN ('recepcion_cerrada', 'evaluacion') OR sigue_en IS NOT NULL);
CREATE INDEX ix_feria_convocatoria_sigue_en ON feria_convocatoria (sigue_en) WHERE sigue_en IS NOT NULL;
