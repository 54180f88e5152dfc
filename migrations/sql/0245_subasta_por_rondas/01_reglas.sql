-- An auction by rounds, as ProZorro holds them: how many minutes a turn lasts, and those before each round. Two more dated
-- values of the modalities that have auctions; no public text of the norm says them.
ALTER TABLE feria_regla DROP CONSTRAINT ck_feria_regla_clave,
    ADD CONSTRAINT ck_feria_regla_clave CHECK (clave IN ('monto_desde', 'monto_hasta', 'dias_minimos',
        'dias_impugnacion', 'multa_por_mil', 'multa_tope', 'dias_documentos', 'actos_habiles', 'hora_desde',
        'hora_hasta', 'con_rpc', 'en_plan', 'garantia_por_mil', 'garantia_mype', 'anticipo_tope', 'monto_seriedad',
        'subasta_paso', 'subasta_duracion', 'subasta_extension', 'subasta_espera',
        'subasta_prorroga', 'modificacion_tope', 'orden_dias', 'subasta_turno', 'subasta_pausa'));
INSERT INTO feria_regla (id, modalidad_id, clave, valor, confirmado, fuente, nota, vigente_desde, vigente_hasta)
    SELECT md5(r.modalidad_id || v.clave || r.vigente_desde)::uuid, r.modalidad_id, v.clave, v.valor, false,
        'Regla de la plataforma, a la manera de ProZorro', r.nota, r.vigente_desde, r.vigente_hasta
    FROM feria_regla r CROSS JOIN (VALUES ('subasta_turno', 3), ('subasta_pausa', 2)) AS v (clave, valor)
    WHERE r.clave = 'subasta_paso';

-- The call says which form its auction has.
ALTER TABLE feria_convocatoria ADD COLUMN subasta_por_rondas BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE feria_convocatoria ALTER COLUMN subasta_por_rondas DROP DEFAULT,
    ADD CONSTRAINT ck_feria_convocatoria_subasta_por_rondas CHECK (NOT subasta_por_rondas OR (subasta
        AND (estado = 'borrador' OR reglas #> '{valores,subasta_turno}' IS NOT NULL)));
DROP TRIGGER feria_convocatoria_con_metodo ON feria_convocatoria;
CREATE TRIGGER feria_convocatoria_con_metodo BEFORE UPDATE ON feria_convocatoria FOR EACH ROW
    WHEN (OLD.estado <> 'borrador'
        AND (NEW.metodo, NEW.puntos_tecnica, NEW.minimo_tecnica, NEW.subasta, NEW.subasta_por_rondas)
        IS DISTINCT FROM (OLD.metodo, OLD.puntos_tecnica, OLD.minimo_tecnica, OLD.subasta, OLD.subasta_por_rondas))
    EXECUTE FUNCTION feria_convocatoria_con_metodo();
