-- What an order reserves is counted once for each statement that changes it.
CREATE OR REPLACE FUNCTION comercio_apartar(p_pedidos uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    WITH d AS MATERIALIZED (SELECT * FROM comercio_por_apartar(p_pedidos)), sobra AS (
        DELETE FROM comercio_apartado a USING d WHERE a.linea_id = d.linea_id AND d.cantidad = 0)
    INSERT INTO comercio_apartado AS a (linea_id, existencia_id, cantidad)
    SELECT d.linea_id, d.existencia_id, d.cantidad FROM d WHERE d.cantidad > 0
    ON CONFLICT (linea_id) DO UPDATE SET cantidad = EXCLUDED.cantidad WHERE a.cantidad <> EXCLUDED.cantidad;
END $$;
