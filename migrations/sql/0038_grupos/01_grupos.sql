-- As 0033_poderes has it; but who grants may be one of a group, which gives them nothing that they do not have alone.
CREATE OR REPLACE FUNCTION registro_mandato_excede(m registro_mandato, o registro_mandato) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN NOT registro_mandato_vigente(o, m.creado_en) THEN 'el mandato con que se otorga no vale en ese momento'
        -- The registry's authority gives in the units of others, by its procedures.
        WHEN 'REGULAR' = ANY (o.facultades) AND o.unidad_id <> m.unidad_id THEN NULL
        WHEN m.delegado_de = o.id AND NOT (o.subdelegable AND m.facultades <@ o.facultades AND NOT m.subdelegable)
            THEN 'delega lo que no se puede delegar'
        WHEN NOT m.facultades <@ (o.facultades || CASE WHEN 'ADMINISTRAR' = ANY (o.facultades) THEN
                ARRAY['CONSULTAR', 'TRAMITAR', 'PRESENTAR', 'FIRMAR', 'BUZON', 'VENDER', 'DESPACHAR', 'OFERTAR',
                      'COMPRAR', 'EVALUAR', 'PAGAR'] ELSE '{}' END)
            THEN 'da facultades que no se tienen'
        WHEN m.delegado_de IS NULL AND NOT 'ADMINISTRAR' = ANY (o.facultades) THEN 'otorga quien no administra'
        WHEN coalesce(m.monto_limite, 9223372036854775807) > o.monto_limite
          OR coalesce(m.limite_dia, 9223372036854775807) > o.limite_dia
          OR coalesce(m.limite_mes, 9223372036854775807) > o.limite_mes THEN 'da más monto del que se tiene'
        WHEN coalesce(m.valido_hasta, 'infinity') > o.valido_hasta THEN 'dura más que el mandato con que se otorga'
        WHEN m.apoderado_persona_id = o.apoderado_persona_id AND m.grupo_firma IS NULL THEN 'nadie se otorga un mandato a sí mismo' END
$$;
