-- Through an office, a client's mailbox is read by whom the office assigned to that client, as everything else.

CREATE OR REPLACE FUNCTION registro_lee_buzon(
    p_unidad uuid, p_persona uuid, p_cadena uuid[], p_instante timestamptz
) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM registro_mandato m
        WHERE m.id = p_cadena[1] AND m.unidad_id = p_unidad AND m.facultades && ARRAY['BUZON', 'ADMINISTRAR']
            AND registro_mandato_vigente(m, p_instante)
            AND CASE cardinality(p_cadena)
                WHEN 1 THEN m.apoderado_persona_id = p_persona
                WHEN 2 THEN registro_asignado(m.id, p_persona, p_instante) AND EXISTS (
                    SELECT FROM registro_mandato propio
                    WHERE propio.id = p_cadena[2] AND propio.unidad_id = m.apoderado_unidad_id
                        AND propio.apoderado_persona_id = p_persona
                        AND propio.facultades && ARRAY['BUZON', 'ADMINISTRAR']
                        AND registro_mandato_vigente(propio, p_instante))
                ELSE false END)
$$;
