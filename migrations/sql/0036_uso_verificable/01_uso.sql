-- What the ledger's acts took and gave back, and which mandates add up: the ledger checks both against its transfers.
CREATE FUNCTION registro_usos_del_libro()
RETURNS TABLE (acto uuid, mandato_id uuid, tomado bigint, devuelto bigint) LANGUAGE sql STABLE AS $$
    SELECT u.acto, u.mandato_id, coalesce(sum(u.monto) FILTER (WHERE u.monto > 0), 0)::bigint,
           coalesce(-sum(u.monto) FILTER (WHERE u.monto < 0), 0)::bigint
    FROM registro_uso u JOIN registro_caso_de_uso c USING (caso) WHERE c.del_libro GROUP BY u.acto, u.mandato_id
$$;

CREATE FUNCTION registro_mandatos_que_suman() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    SELECT id FROM registro_mandato WHERE num_nonnulls(limite_dia, limite_mes) > 0
$$;
