-- What is left of a certificate in the ledger.
CREATE FUNCTION pagos_queda_del_certificado(p_certificado uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT u.creditos_contabilizados - u.debitos_contabilizados
        FROM pagos_certificado x JOIN pagos_cuenta u ON u.id = x.cuenta WHERE x.id = p_certificado), 0)
$$;

-- The same less what the processes that it covers award and were ordered of more.
CREATE FUNCTION feria_queda_del_certificado(p_certificacion uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT pagos_queda_del_certificado(p_certificacion)
    - coalesce((
        SELECT sum(a.total) FROM feria_proceso_certificado p
        JOIN feria_convocatoria c ON c.id = p.convocatoria_id AND c.estado <> 'cancelado'
        JOIN feria_adjudicacion a ON a.convocatoria_id = c.id AND a.resultado = 'adjudicado'
        JOIN feria_item i ON i.id = a.item_id AND i.estado = 'adjudicado'
        WHERE p.certificacion_id = p_certificacion
            AND NOT EXISTS (SELECT FROM feria_adjudicacion d WHERE d.reemplaza_a = a.id)), 0)::bigint
    - coalesce((
        SELECT sum(feria_ordenado_de_mas(c.id)) FROM feria_proceso_certificado p
        JOIN feria_convocatoria c ON c.id = p.convocatoria_id AND c.contratado_en IS NOT NULL
        WHERE p.certificacion_id = p_certificacion), 0)::bigint
$$;

-- Where a certificate covers the process, an order grows while it is in force, and within it: judged at the commit, of what the
-- order became, one certificate after another.
CREATE FUNCTION feria_modificacion_certificada() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    cubre feria_certificacion;
BEGIN
    SELECT c.* INTO cubre FROM feria_orden_de_compra o
        JOIN feria_proceso_certificado p ON p.convocatoria_id = o.convocatoria_id
        JOIN feria_certificacion c ON c.id = p.certificacion_id
        WHERE o.id = NEW.orden_id FOR UPDATE OF c;
    IF FOUND AND (cubre.estado <> 'vigente' OR cubre.vence_en <= nucleo_ahora()
        OR feria_queda_del_certificado(cubre.id) < 0) THEN
        RAISE EXCEPTION 'an order grows within a certificate in force' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER feria_modificacion_certificada AFTER UPDATE ON feria_modificacion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.estado = 'propuesta' AND NEW.estado = 'firmada' AND NEW.total > NEW.total_antes)
    EXECUTE FUNCTION feria_modificacion_certificada();

-- All of an order is told on its page: so many, at most.
ALTER TABLE feria_modificacion DROP CONSTRAINT ck_feria_modificacion_numero,
    ADD CONSTRAINT ck_feria_modificacion_numero CHECK (numero BETWEEN 1 AND 50);
ALTER TABLE feria_garantia DROP CONSTRAINT ck_feria_garantia_numero,
    ADD CONSTRAINT ck_feria_garantia_numero CHECK (numero BETWEEN 1 AND 100);
