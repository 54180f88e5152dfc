-- What of an entity waits, by when its term ends.
CREATE INDEX ix_feria_convocatoria_termino ON feria_convocatoria (unidad_id, coalesce(sigue_en, vence_en, creado_en), id)
    WHERE (estado NOT IN ('resuelto', 'cancelado') OR estado = 'resuelto' AND items_adjudicados > items_ordenados);
