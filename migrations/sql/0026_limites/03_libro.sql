-- The person's own mandate in the office through which they act, beside the unit's.
ALTER TABLE pagos_transferencia ADD COLUMN mandato_propio uuid;

-- Whether a machine client is a program of that unit with that scope. Shared: its revocation takes the row too.
CREATE FUNCTION ciudadania_programa_de(p_cliente uuid, p_unidad uuid, p_alcance text, p_instante timestamptz)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM ciudadania_cliente c
    WHERE c.id = p_cliente AND c.unidad_id = p_unidad AND p_alcance = ANY (c.alcances)
      AND coalesce(c.revocado_en > p_instante, true)
    FOR SHARE;
    RETURN FOUND;
END $$;
