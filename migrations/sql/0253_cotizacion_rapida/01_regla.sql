-- Quick quotation: whether a modality admits one (1), for as long and up to as much as it is used. No text of the norm was
-- read that hides the names: it is a rule of the platform.
ALTER TABLE feria_regla DROP CONSTRAINT ck_feria_regla_clave,
    ADD CONSTRAINT ck_feria_regla_clave CHECK (clave IN ('monto_desde', 'monto_hasta', 'dias_minimos',
        'dias_impugnacion', 'multa_por_mil', 'multa_tope', 'dias_documentos', 'actos_habiles', 'hora_desde',
        'hora_hasta', 'con_rpc', 'en_plan', 'garantia_por_mil', 'garantia_mype', 'anticipo_tope', 'monto_seriedad',
        'subasta_paso', 'subasta_duracion', 'subasta_extension', 'subasta_espera',
        'subasta_prorroga', 'modificacion_tope', 'orden_dias', 'subasta_turno', 'subasta_pausa',
        'cotizacion_rapida'));
INSERT INTO feria_regla (id, modalidad_id, clave, valor, confirmado, fuente, nota, vigente_desde, vigente_hasta)
    SELECT md5(r.modalidad_id || 'cotizacion_rapida' || r.vigente_desde)::uuid, r.modalidad_id, 'cotizacion_rapida', 1, false,
        'Regla de la plataforma, a la manera de Compra Ágil', '', r.vigente_desde, r.vigente_hasta
    FROM feria_regla r JOIN feria_modalidad m ON m.id = r.modalidad_id
    WHERE m.codigo = 'CM' AND r.clave = 'monto_hasta';

-- The call says it, and it is as it was published.
ALTER TABLE feria_convocatoria ADD COLUMN cotizacion_rapida BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE feria_convocatoria ALTER COLUMN cotizacion_rapida DROP DEFAULT,
    ADD CONSTRAINT ck_feria_convocatoria_cotizacion_rapida CHECK (NOT cotizacion_rapida
        OR (metodo = 'precio' AND NOT subasta AND (estado = 'borrador'
            OR vence_en IS NOT NULL AND reglas #> '{valores,cotizacion_rapida}' IS NOT NULL)));
DROP TRIGGER feria_convocatoria_con_metodo ON feria_convocatoria;
CREATE TRIGGER feria_convocatoria_con_metodo BEFORE UPDATE ON feria_convocatoria FOR EACH ROW
    WHEN (OLD.estado <> 'borrador'
        AND (NEW.metodo, NEW.puntos_tecnica, NEW.minimo_tecnica, NEW.subasta, NEW.subasta_por_rondas,
            NEW.dos_sobres, NEW.cotizacion_rapida)
        IS DISTINCT FROM
        (OLD.metodo, OLD.puntos_tecnica, OLD.minimo_tecnica, OLD.subasta, OLD.subasta_por_rondas,
            OLD.dos_sobres, OLD.cotizacion_rapida))
    EXECUTE FUNCTION feria_convocatoria_con_metodo();
