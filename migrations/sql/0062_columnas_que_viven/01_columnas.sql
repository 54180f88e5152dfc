-- A row with a life is written in the columns that live; whose it is and what was asked stay as they were inserted.
REVOKE UPDATE ON ciudadania_persona, nucleo_webhook_mensaje, pagos_intento, pagos_reembolso, pagos_disputa,
    pagos_disputa_respuesta, pagos_tarjeta FROM qhatu_aplicacion;
GRANT UPDATE (emisor, sub, nombres, primer_apellido, segundo_apellido, nacimiento, celular, correo, nivel, actualizado_en)
    ON ciudadania_persona TO qhatu_aplicacion;
GRANT UPDATE (intentos, proximo_en, entregado_en, abandonado_en, ultimo_estado, ultimo_error)
    ON nucleo_webhook_mensaje TO qhatu_aplicacion;
GRANT UPDATE (estado, motivo, pasarela_id, sesion_id, accion_url, recibido, recibido_moneda, enviado_en, envios,
    consultas, consultar_en, consultado_en, cancelar, terminado_en, transferencia_id)
    ON pagos_intento TO qhatu_aplicacion;
GRANT UPDATE (estado, motivo, pasarela_id, enviado_en, envios, consultas, consultar_en, terminado_en)
    ON pagos_reembolso TO qhatu_aplicacion;
GRANT UPDATE (estado, retenido, reservas, cobrado, congelo, consultas, consultar_en, terminado_en)
    ON pagos_disputa TO qhatu_aplicacion;
GRANT UPDATE (estado, motivo, enviado_en, envios, consultas, consultar_en, terminado_en)
    ON pagos_disputa_respuesta TO qhatu_aplicacion;
GRANT UPDATE (estado, motivo, vence_en, sesion_id, accion_url, cliente, pasarela_id, huella, marca, ultimos, caduca,
    envios, consultas, consultar_en, terminado_en) ON pagos_tarjeta TO qhatu_aplicacion;
