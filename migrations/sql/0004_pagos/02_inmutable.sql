-- What is written in the ledger stays written. Triggers stop everybody short of a superuser who turns them
-- off; revoked privileges stop the application's role before that.
CREATE FUNCTION pagos_inmutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% no admite %: el libro solo crece', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER pagos_transferencia_inmutable BEFORE UPDATE OR DELETE ON pagos_transferencia
    FOR EACH ROW EXECUTE FUNCTION pagos_inmutable();
CREATE TRIGGER pagos_transferencia_sin_vaciar BEFORE TRUNCATE ON pagos_transferencia
    FOR EACH STATEMENT EXECUTE FUNCTION pagos_inmutable();

CREATE TRIGGER pagos_pendiente_sin_borrar BEFORE DELETE ON pagos_pendiente
    FOR EACH ROW EXECUTE FUNCTION pagos_inmutable();
CREATE TRIGGER pagos_pendiente_sin_vaciar BEFORE TRUNCATE ON pagos_pendiente
    FOR EACH STATEMENT EXECUTE FUNCTION pagos_inmutable();
CREATE TRIGGER pagos_pendiente_una_vez BEFORE UPDATE ON pagos_pendiente
    FOR EACH ROW
    WHEN (OLD.estado <> 'abierta' OR (OLD.id, OLD.debito, OLD.credito, OLD.monto, OLD.codigo, OLD.creada_en)
          IS DISTINCT FROM (NEW.id, NEW.debito, NEW.credito, NEW.monto, NEW.codigo, NEW.creada_en))
    EXECUTE FUNCTION pagos_inmutable();

CREATE TRIGGER pagos_cuenta_sin_borrar BEFORE DELETE ON pagos_cuenta
    FOR EACH ROW EXECUTE FUNCTION pagos_inmutable();
CREATE TRIGGER pagos_cuenta_sin_vaciar BEFORE TRUNCATE ON pagos_cuenta
    FOR EACH STATEMENT EXECUTE FUNCTION pagos_inmutable();

REVOKE UPDATE, DELETE, TRUNCATE ON pagos_transferencia FROM PUBLIC, CURRENT_USER;
REVOKE DELETE, TRUNCATE ON pagos_pendiente FROM PUBLIC, CURRENT_USER;
-- Owner, kind, currency and overdraft rule of an account are for ever.
REVOKE UPDATE, DELETE, TRUNCATE ON pagos_cuenta FROM PUBLIC, CURRENT_USER;
GRANT UPDATE (
    nivel, cerrada, congelada, debitos_contabilizados, creditos_contabilizados, debitos_pendientes,
    creditos_pendientes, ultima_en, salida_dia, entrada_dia, salida_mes, entrada_mes, salidas_dia,
    entradas_dia, salidas_mes, entradas_mes, uso_dia
) ON pagos_cuenta TO CURRENT_USER;
