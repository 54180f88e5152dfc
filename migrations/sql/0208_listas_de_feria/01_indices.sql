-- A draft is what was not published: the list of all goes by the day of publication.
ALTER TABLE feria_convocatoria ADD CONSTRAINT ck_feria_convocatoria_borrador
    CHECK ((estado = 'borrador') = (publicado_en IS NULL));

CREATE INDEX ix_feria_convocatoria_publicado ON feria_convocatoria (publicado_en, id);
CREATE INDEX ix_feria_convocatoria_departamento ON feria_convocatoria (left(municipio_ine, 2), publicado_en, id);
CREATE INDEX ix_feria_convocatoria_modalidad ON feria_convocatoria ((reglas ->> 'codigo'), publicado_en, id);
CREATE INDEX ix_feria_convocatoria_categoria ON feria_convocatoria (categoria, publicado_en, id);
CREATE INDEX ix_feria_convocatoria_cuce ON feria_convocatoria (cuce varchar_pattern_ops);

-- The desk of an entity: what is not over, however much is.
CREATE INDEX ix_feria_convocatoria_en_curso ON feria_convocatoria (unidad_id, creado_en, id)
    WHERE estado NOT IN ('resuelto', 'cancelado') OR estado = 'resuelto' AND items_adjudicados > items_ordenados;
