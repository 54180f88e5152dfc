CREATE TRIGGER pagos_banco_archivo_inmutable BEFORE UPDATE OR DELETE ON pagos_banco_archivo
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER pagos_banco_entrada_inmutable BEFORE UPDATE OR DELETE ON pagos_banco_entrada
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER pagos_banco_movimiento_sin_borrar BEFORE DELETE ON pagos_banco_movimiento
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER pagos_banco_linea_inmutable BEFORE UPDATE OR DELETE ON pagos_banco_linea
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER pagos_banco_efecto_inmutable BEFORE UPDATE OR DELETE ON pagos_banco_efecto
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER pagos_banco_decision_inmutable BEFORE UPDATE OR DELETE ON pagos_banco_decision
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();
CREATE TRIGGER pagos_banco_aviso_inmutable BEFORE UPDATE OR DELETE ON pagos_banco_aviso
    FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable();

GRANT SELECT, INSERT ON pagos_banco_archivo TO qhatu_aplicacion;
GRANT SELECT, INSERT ON pagos_banco_entrada TO qhatu_aplicacion;
GRANT SELECT, INSERT, UPDATE (estado) ON pagos_banco_movimiento TO qhatu_aplicacion;
GRANT SELECT, INSERT ON pagos_banco_linea TO qhatu_aplicacion;
GRANT SELECT, INSERT ON pagos_banco_efecto TO qhatu_aplicacion;
GRANT SELECT, INSERT ON pagos_banco_decision TO qhatu_aplicacion;
GRANT SELECT, INSERT ON pagos_banco_aviso TO qhatu_aplicacion;
