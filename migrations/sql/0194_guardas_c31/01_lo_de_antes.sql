-- What was answered before it was kept row by row: who sells said that it came, as the audit tells, or their silence did.
-- Who has not answered yet is reminded.
ALTER TABLE comercio_compromiso DISABLE TRIGGER USER;
UPDATE comercio_compromiso c SET respondio = left(a.actor_nombre, 200), respondio_id = a.actor_id,
    respondio_mandatos = array_remove(ARRAY[a.mandato_id], NULL), respondio_en = c.terminado_en
FROM nucleo_auditoria a
WHERE c.estado = 'recibido' AND c.respondio_en IS NULL
  AND a.objeto_tipo = 'comercio_pedido' AND a.objeto_id = c.pedido_id::text AND a.accion = 'compromiso.recibir'
  AND a.actor_tipo <> 'sistema' AND a.actor_id IS NOT NULL AND a.actor_nombre <> ''
  AND NOT EXISTS (SELECT FROM comercio_pago_dicho d WHERE d.pedido_id = c.pedido_id AND d.que IN ('llego', 'silencio'));
UPDATE comercio_compromiso SET recordar_en = responder_hasta - interval '2 days'
WHERE estado = 'dicho' AND recordar_en IS NULL AND responder_hasta - interval '2 days' > nucleo_ahora();
ALTER TABLE comercio_compromiso ENABLE TRIGGER USER;
INSERT INTO comercio_pago_dicho (pedido_id, numero, que, comprobante, fecha, quien, ocurrio_en)
SELECT c.pedido_id, 1 + (SELECT max(d.numero) FROM comercio_pago_dicho d WHERE d.pedido_id = c.pedido_id),
    CASE WHEN c.respondio_en IS NULL THEN 'silencio' ELSE 'llego' END, c.comprobante, c.comprobante_fecha,
    coalesce(c.respondio, ''), c.terminado_en
FROM comercio_compromiso c
WHERE c.estado = 'recibido'
  AND NOT EXISTS (SELECT FROM comercio_pago_dicho d WHERE d.pedido_id = c.pedido_id AND d.que IN ('llego', 'silencio'));
