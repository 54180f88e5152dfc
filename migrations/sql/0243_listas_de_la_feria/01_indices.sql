-- The list of what takes no more bids, newest first: those that do are newer than almost all, and would be read before it.
CREATE INDEX ix_feria_convocatoria_cerradas ON feria_convocatoria (publicado_en, id) WHERE estado <> 'publicado';
