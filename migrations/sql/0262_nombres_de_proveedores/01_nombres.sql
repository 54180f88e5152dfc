-- A name as it is compared: without accents, case or stops, its words between hyphens; it is part of an address.
CREATE FUNCTION feria_nombre_llano(nombre text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT trim('-' FROM regexp_replace(
        translate(lower(public.unaccent('public.unaccent'::regdictionary, nombre)), '.,''"', ''), '[^a-z0-9]+', '-', 'g'))
$$;
CREATE INDEX ix_feria_mercado_item_proveedor_llano ON feria_mercado_item (feria_nombre_llano(proveedor), proceso_id DESC)
    WHERE proveedor_numero IS NULL AND precio_adjudicado IS NOT NULL;
