CREATE FUNCTION feria_palabras(texto text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT strip(to_tsvector('public.feria_es'::regconfig, public.nucleo_en_palabras(texto)))::text
$$;
CREATE INDEX ix_feria_item_adjudicado ON feria_item (unidad_medida, feria_palabras(descripcion), id)
    WHERE estado = 'adjudicado';
CREATE INDEX ix_feria_adjudicacion_de_item ON feria_adjudicacion (item_id) WHERE resultado = 'adjudicado';
DROP TRIGGER feria_mercado_racimos_de_procesos ON feria_mercado_proceso;
DROP TRIGGER feria_mercado_racimos_de_quitados ON feria_mercado_item;
DROP TRIGGER feria_mercado_racimos_de_cambiados ON feria_mercado_item;
DROP TRIGGER feria_mercado_racimos_de_nuevos ON feria_mercado_item;
DROP FUNCTION feria_mercado_racimos_tocados();
DROP TABLE feria_mercado_racimo_tocado, feria_mercado_precio, feria_mercado_racimo;
DROP TRIGGER feria_mercado_item_racimo ON feria_mercado_item;
DROP FUNCTION feria_mercado_item_racimo();
ALTER TABLE feria_mercado_item DROP COLUMN racimo;
DROP FUNCTION feria_racimo(text, text, numeric, text);
DROP FUNCTION feria_lo_que_es(text, text);
