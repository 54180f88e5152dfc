-- What came in (postage) and went out (what it owed) of an operator, by the ledger or in cash, each with its item; `dia`
-- is Bolivia's.
CREATE FUNCTION envios_dinero_del_operador(p_operador uuid, p_desde timestamptz, p_hasta timestamptz)
RETURNS TABLE (en timestamptz, dia date, envio_id uuid, concepto text, monto bigint, entra boolean, efectivo boolean)
LANGUAGE sql STABLE AS $$
    SELECT l.en, (l.en AT TIME ZONE 'America/La_Paz')::date, l.envio_id, l.concepto, l.monto, l.entra, l.efectivo
    FROM (
        SELECT p.terminado_en AS en, p.envio_id, 'franqueo' AS concepto, p.cobrado AS monto, true AS entra,
               p.estado = 'en_efectivo' AS efectivo
        FROM envios_porte p
        WHERE p.operador_unidad_id = p_operador AND p.terminado_en >= p_desde AND p.terminado_en < p_hasta
          AND p.cobrado > 0
        UNION ALL
        SELECT x.resuelto_en, p.envio_id, 'excedente', x.monto, true, x.estado = 'en_efectivo'
        FROM envios_excedente x JOIN envios_porte p ON p.id = x.porte_id
        WHERE p.operador_unidad_id = p_operador AND x.resuelto_en >= p_desde AND x.resuelto_en < p_hasta
          AND x.estado IN ('pagado', 'en_efectivo')
        UNION ALL
        SELECT g.pagado_en, d.envio_id, d.clase, g.monto, false, g.como = 'efectivo'
        FROM envios_deuda_pago g JOIN envios_deuda d ON d.id = g.deuda_id
        WHERE d.operador_unidad_id = p_operador AND g.pagado_en >= p_desde AND g.pagado_en < p_hasta
    ) l
$$;
