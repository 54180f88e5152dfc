-- An award that falls gives back its part of what its resolution used of the mandates.
UPDATE registro_caso_de_uso SET vuelve = 'que quede sin efecto, o cancelar la convocatoria' WHERE caso = 'adjudicacion';

-- As 0026_limites has it; and of an act of which only a part is undone (p_monto; NULL: all that is left).
DROP FUNCTION registro_devolver_compromiso(uuid);
CREATE FUNCTION registro_devolver_compromiso(p_acto uuid, p_monto bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM registro_uso u JOIN registro_caso_de_uso c USING (caso) WHERE u.acto = p_acto AND c.del_libro)
    THEN
        RAISE EXCEPTION 'lo pagado lo devuelve el libro' USING ERRCODE = 'check_violation';
    END IF;
    RETURN registro_devolver_uso(p_acto, p_monto, nucleo_ahora());
END $$;
REVOKE ALL ON FUNCTION registro_devolver_compromiso FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registro_devolver_compromiso TO qhatu_aplicacion;
