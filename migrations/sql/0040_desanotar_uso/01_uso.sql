-- What an act took of its mandates, undone inside the call that wrote it: the chain it was part of failed.
CREATE FUNCTION registro_desanotar_uso(p_acto uuid) RETURNS void LANGUAGE sql AS $$
    DELETE FROM registro_uso WHERE acto = p_acto AND monto > 0;
$$;
