-- What two descriptions have in common whatever their order, plurals, accents and stops: their stems.
CREATE FUNCTION feria_palabras(texto text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT strip(to_tsvector('public.feria_es'::regconfig, public.nucleo_en_palabras(texto)))::text
$$;

CREATE INDEX ix_feria_item_adjudicado ON feria_item (unidad_medida, feria_palabras(descripcion), id)
    WHERE estado = 'adjudicado';
CREATE INDEX ix_feria_adjudicacion_de_item ON feria_adjudicacion (item_id) WHERE resultado = 'adjudicado';
