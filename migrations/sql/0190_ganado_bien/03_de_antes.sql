-- What banks took before it was noted. The taking wrote how much it was in all, last, with all the orders of the purchase locked:
-- it is the last that came back of them until then, up to that much.
INSERT INTO comercio_tomado_por_el_banco (disputa_id, pedido_id, importe, ocurrio_en)
WITH perdida AS (
    SELECT d.id AS disputa_id, a.numero, a.creado_en, CAST(a.objeto_id AS uuid) AS compra_id,
           CAST(a.datos ->> 'devuelto' AS bigint) AS devuelto
    FROM nucleo_auditoria a JOIN pagos_disputa d ON d.id = CAST(a.datos ->> 'disputa' AS uuid)
    WHERE a.objeto_tipo = 'comercio_compra' AND a.accion = 'compra.perder' AND (d.estado = 'perdida' OR d.por_repartir > 0)
      AND NOT EXISTS (SELECT FROM comercio_tomado_por_el_banco t WHERE t.disputa_id = d.id)
), vuelta AS (
    SELECT x.disputa_id, x.creado_en, x.devuelto, p.id AS pedido_id, CAST(v.datos ->> 'monto' AS bigint) AS monto,
           sum(CAST(v.datos ->> 'monto' AS bigint)) OVER (PARTITION BY x.numero ORDER BY v.numero DESC) AS van
    FROM perdida x JOIN comercio_pedido p ON p.compra_id = x.compra_id
    JOIN nucleo_auditoria v ON v.objeto_tipo = 'comercio_pedido' AND v.objeto_id = CAST(p.id AS text)
        AND v.accion = 'custodia.devolver' AND v.numero < x.numero
)
SELECT disputa_id, pedido_id, sum(monto), max(creado_en) FROM vuelta WHERE van <= devuelto GROUP BY disputa_id, pedido_id;
