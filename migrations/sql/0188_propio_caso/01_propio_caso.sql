-- Whether nobody but this person administers the unit, of those who do it with one signature. The registry's own
-- question, which other rooms ask without reading its tables.
CREATE FUNCTION registro_administra_a_solas(p_unidad uuid, p_persona uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(bool_and(m.apoderado_persona_id IS NOT DISTINCT FROM p_persona), false)
    FROM registro_mandato m
    WHERE m.unidad_id = p_unidad AND 'ADMINISTRAR' = ANY (m.facultades) AND m.firmas_requeridas = 1
        AND registro_mandato_vigente(m, nucleo_ahora())
$$;

CREATE OR REPLACE FUNCTION feria_su_propio_caso(p_unidad uuid, p_persona uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT registro_administra_a_solas(p_unidad, p_persona)
$$;
