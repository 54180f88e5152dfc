-- What a unit buys in the market is paid by who may buy for it, and counts toward the limits of their mandate.
INSERT INTO registro_caso_de_uso (caso, facultad, por_acto, acumula, del_libro, monto, vuelve) VALUES
    ('compra', 'COMPRAR', true, true, true, 'lo que cuesta cada pedido', 'lo que se devuelve a quien compró');

-- Which of the registry's cases of use a transfer is (registro_caso_de_uso).
CREATE OR REPLACE FUNCTION pagos_caso_de_uso(p_codigo smallint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE p_codigo WHEN 3 THEN 'compra' WHEN 7 THEN 'retiro' WHEN 8 THEN 'planilla' WHEN 100 THEN 'devolucion'
                         WHEN 101 THEN 'comision' ELSE 'pago' END
$$;
