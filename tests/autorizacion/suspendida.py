"""The written list of what the people of a suspended unit still do for it (`docs/decisiones/0029`), by room.

Whatever is not here begins business, or prepares it: the matrix tries every route with the unit suspended,
and it must be refused and change nothing.
"""

_UNA = "/api/v1/unidades-economicas/{numero}"
_MIA = "/mis-unidades/{numero}"

REGISTRO = {
    # Who acts for it, and its closing.
    f"POST {_UNA}/mandatos",
    f"POST {_UNA}/mandatos-conjuntos",
    f"POST {_MIA}/mandatos/nuevo",
    f"POST {_MIA}/mandatos/conjunto",
    f"POST {_MIA}/mandatos/{{mandato_id}}/revocar",
    "POST /api/v1/mandatos/{mandato_id}/remocion",
    "POST /api/v1/mandatos/{mandato_id}/revocacion",
    "POST /api/v1/recuperaciones/{recuperacion_id}/objecion",
    f"POST {_MIA}/recuperacion/{{recuperacion_id}}/objecion",
    f"POST {_UNA}/cancelacion",
    f"POST {_MIA}/cancelar",
    # Its programs end; its systems go on hearing what happens to what it has.
    f"POST {_UNA}/clientes/{{cliente_id}}/revocacion",
    f"POST {_MIA}/programas/{{cliente_id}}/desconectar",
    f"DELETE {_UNA}/webhooks/{{webhook_id}}",
    f"POST {_UNA}/webhooks/{{webhook_id}}/secreto",
    f"POST {_UNA}/webhooks/{{webhook_id}}/prueba",
    f"POST {_UNA}/webhooks/{{webhook_id}}/reenvios",
    f"POST {_UNA}/webhooks/{{webhook_id}}/entregas/{{mensaje_id}}/reenvio",
    f"POST {_MIA}/webhooks/{{webhook_id}}/baja",
    f"POST {_MIA}/webhooks/{{webhook_id}}/secreto",
    f"POST {_MIA}/webhooks/{{webhook_id}}/prueba",
    f"POST {_MIA}/webhooks/{{webhook_id}}/reenvios",
    f"POST {_MIA}/webhooks/{{webhook_id}}/entregas/{{mensaje_id}}/reenvio",
    # What it had asked for is signed, or not; the act itself is judged then.
    "POST /api/v1/actos/{acto_id}/firma",
    "POST /api/v1/actos/{acto_id}/rechazo",
    "POST /api/v1/actos/{acto_id}/retiro",
    "POST /por-firmar/{acto_id}/firmar",
    "POST /por-firmar/{acto_id}/rechazar",
    "POST /por-firmar/{acto_id}/retirar",
}
PAGOS = {
    # Its money moves: sent, withdrawn, paid with, given back, held or let go.
    "POST /api/v1/transferencias",
    "POST /api/v1/lotes-de-transferencias",
    "POST /billetera/enviar/confirmar",
    "POST /api/v1/retiros",
    "POST /billetera/retirar/confirmar",
    "POST /api/v1/recargas",
    "POST /api/v1/ordenes-de-cobro/{orden_id}/pagos",
    "POST /pagar/{cpt}/confirmar",
    "POST /api/v1/transferencias/{transferencia_id}/devoluciones",
    "POST /comprobantes/{transferencia_id}/devolver",
    "POST /api/v1/reservas/{reserva_id}/confirmacion",
    "POST /api/v1/reservas/{reserva_id}/anulacion",
    "POST /billetera/reservas/{reserva_id}/confirmar",
    "POST /billetera/reservas/{reserva_id}/anular",
    "POST /api/v1/cuentas/{cuenta_id}/congelar",
    "POST /billetera/seguridad/congelar",
    # What it asked others to pay is annulled.
    "POST /api/v1/ordenes-de-cobro/{orden_id}/anulacion",
    "POST /cobros/ordenes/{orden_id}/anular",
    # A batch that waits may be refused; it is not paid.
    "POST /api/v1/planillas/{planilla_id}/rechazo",
    "POST /billetera/planillas/{planilla_id}/rechazar",
}
_DE_COMPRA = "reclamos-de-compra/{reclamo_id}"
_EN_RECLAMOS = ("respuesta", "postura", "pruebas", "vuelta", "cambio", "cambio/envio", "cambio/renuncia")
COMERCIO = {
    "POST /api/v1/ofertas-sostenidas/{oferta_id}/abandono",  # what is held goes back on sale
    "POST /ofertas-sostenidas/{oferta_id}/abandono",
    # What was bought of it is claimed, and it answers.
    "POST /api/v1/pedidos/{pedido_id}/reclamos",
    "POST /pedidos/{pedido_id}/reclamar",
    *(f"POST /{donde}{_DE_COMPRA}/{que}" for donde in ("", "api/v1/") for que in _EN_RECLAMOS),
    # What is said of what it sold, and what it answers.
    "POST /api/v1/pedidos/{pedido_id}/opiniones",
    "POST /pedidos/{pedido_id}/opiniones",
    "POST /api/v1/opiniones/{opinion_id}/respuesta",
    "POST /vender/opiniones/{opinion_id}/respuesta",
    # Who bought of it fills a cart of their own with the same things; it is not bought by that.
    "POST /api/v1/pedidos/{pedido_id}/carrito",
    "POST /pedidos/{pedido_id}/otra-vez",
    # What is written about what it sold, or bought.
    "POST /api/v1/pedidos/{pedido_id}/mensajes",
    "POST /api/v1/pedidos/{pedido_id}/mensajes/lectura",
    "POST /pedidos/{pedido_id}/mensajes",
    "POST /vender/pedidos/{pedido_id}/mensajes",
    "POST /api/v1/pedidos/{pedido_id}/preparacion",
    "POST /api/v1/pedidos/{pedido_id}/despacho",
    "POST /api/v1/ventas/anuncios",
    "POST /vender/preparar",
    "POST /api/v1/pedidos/{pedido_id}/alistamiento",
    "POST /api/v1/pedidos/{pedido_id}/entrega-en-mano",
    "POST /api/v1/pedidos/{pedido_id}/no-entregado",
    "POST /api/v1/pedidos/{pedido_id}/codigo",
    "POST /api/v1/pedidos/{pedido_id}/prestacion",
    "POST /api/v1/pedidos/{pedido_id}/conformidad",
    "PUT /api/v1/pedidos/{pedido_id}/regalo",
    "POST /pedidos/{pedido_id}/regalo",
    "POST /pedidos/{pedido_id}/regalo/quitar",
    # What it sold is changed if who bought wants it too.
    *(
        f"POST {donde}/pedidos/{{pedido_id}}/acuerdos/{que}"
        for donde in ("", "/api/v1")
        for que in ("plazo", "quita", "respuesta")
    ),
    # Whether what an entity paid for what it sold came.
    "POST /vender/pedidos/{pedido_id}/pago-de-entidad",
    "POST /api/v1/pedidos/{pedido_id}/pago-de-entidad",
    # A bank claims what it sold.
    "POST /pedidos/{pedido_id}/banco",
    "POST /api/v1/pedidos/{pedido_id}/reclamo-del-banco/respuesta",
    "POST /api/v1/pedidos/{pedido_id}/cita",
    "POST /api/v1/pedidos/{pedido_id}/cita/respuesta",
    "POST /api/v1/pedidos/{pedido_id}/cita/ausencia",
    "POST /pedidos/{pedido_id}/cita",
    "POST /pedidos/{pedido_id}/cita/respuesta",
    "POST /pedidos/{pedido_id}/cita/ausencia",
    "POST /api/v1/pedidos/{pedido_id}/cancelacion",
    "POST /pedidos/{pedido_id}/conformidad",
    "POST /pedidos/{pedido_id}/cancelacion",
    "POST /pedidos/{pedido_id}/cancelacion-de-linea",
    "POST /vender/pedidos/{pedido_id}/preparacion",
    "POST /vender/pedidos/{pedido_id}/despacho",
    "POST /pedidos/{pedido_id}/codigo",
    "POST /vender/pedidos/{pedido_id}/alistamiento",
    "POST /vender/pedidos/{pedido_id}/entrega-en-mano",
    "POST /vender/pedidos/{pedido_id}/no-entregado",
    "POST /vender/pedidos/{pedido_id}/prestacion",
    "POST /vender/pedidos/{pedido_id}/cancelacion",
    "POST /vender/pedidos/{pedido_id}/cancelacion-de-linea",
    # What the authority took off sale is appealed.
    "POST /vender/productos/{producto_id}/intervencion",
    "POST /api/v1/productos/{producto_id}/intervencion/apelacion",
}
_RECLAMO_API, _RECLAMO = "/api/v1/reclamos-de-envio/{reclamo_id}", "/envios/reclamos/{reclamo_id}"
ENVIOS = {
    "POST /api/v1/envios/{envio_id}/franqueo/excedente/aceptacion",
    "POST /api/v1/envios/{envio_id}/franqueo/excedente/rechazo",
    "POST /api/v1/envios/{envio_id}/franqueo/excedente/pago-en-ventanilla",
    "POST /envios/{envio_id}/franqueo/aceptar",
    "POST /envios/{envio_id}/franqueo/rechazar",
    "POST /envios/{envio_id}/franqueo/en-ventanilla",
    "POST /api/v1/operadores-postales/{unidad_id}/rondas",
    "POST /envios/operador/cuentas/ronda",
    "POST /envios/operador/hojas-de-ruta/{hoja_id}/ronda",
    "POST /envios/operador/ventanilla/{deuda_id}",
    # What it sent is claimed, what it carried is answered for.
    "POST /api/v1/reclamos-de-envio",
    "POST /envios/{envio_id}/reclamar",
    *(
        f"POST {_RECLAMO_API}/{que}"
        for que in ("mensajes", "pruebas", "retiro", "conformidad", "impugnacion", "aceptacion", "rechazo")
    ),
    *(f"POST {_RECLAMO}/{que}" for que in ("mensajes", "retiro", "conformidad", "impugnacion", "respuesta")),
    "POST /api/v1/envios/{envio_id}/eventos",
    "POST /api/v1/eventos-de-envio",
    "POST /api/v1/simulador-de-envios/{envio_id}",
    "POST /api/v1/operadores-postales/{operador_id}/archivos-de-eventos",
    "POST /envios/operador/archivos",
    "POST /api/v1/operadores-postales/{operador_id}/mensajes",
    "POST /envios/operador/mensajes/{mensaje_id}/probar",
    "POST /envios/operador/mensajes/{mensaje_id}/descartar",
    "POST /api/v1/envios/{envio_id}/entrega",
    "POST /api/v1/eventos-de-envio/{evento_id}/prueba",
    "POST /api/v1/pruebas-de-entrega/{prueba_id}/{clase}",
    "POST /api/v1/envios/{envio_id}/elecciones",
    "PUT /api/v1/envios/{envio_id}/ubicacion",
    "POST /api/v1/envios/{envio_id}/prorroga",
    "POST /api/v1/envios/{envio_id}/anulacion",
    "POST /api/v1/envios/{envio_id}/codigo-de-entrega",
    "POST /envios/{envio_id}/codigo",
    "POST /envios/{envio_id}/recibir",
    "POST /envios/{envio_id}/ubicacion",
    "POST /envios/{envio_id}/prorroga",
    "POST /envios/{envio_id}/anular",
    "POST /api/v1/envios/{envio_id}/identificadores",
    "DELETE /api/v1/envios/{envio_id}/identificadores/{identificador_id}",
    "DELETE /api/v1/rastreadores/{rastreador_id}",
    "POST /envios/rastreadores/{rastreador_id}/fin",
    "POST /envios/rastreadores/{rastreador_id}/prueba",
    "POST /envios/{envio_id}/numeros",
    "POST /envios/{envio_id}/numeros/{identificador_id}/retiro",
    "POST /envios/operador/{envio_id}/evento",
    "POST /envios/mostrador/{agencia_id}/admitir/{envio_id}",
    "POST /envios/mostrador/{agencia_id}/recojos/{envio_id}/no-hallado",
    "POST /api/v1/envios/{envio_id}/admision",
    "POST /envios/operador/{envio_id}/entregar",
    "POST /envios/operador/{envio_id}/intento",
    "POST /envios/operador/{envio_id}/anulacion",
    "POST /api/v1/correcciones-de-evento",
    "POST /api/v1/incidencias-de-envio/{incidencia_id}/resolucion",
    "POST /envios/operador/{envio_id}/correccion",
    "POST /envios/operador/{envio_id}/incidencia",
    # What it holds goes on its way, or to the door.
    "POST /api/v1/sacas",
    "POST /api/v1/sacas/{saca_id}/envios",
    "DELETE /api/v1/sacas/{saca_id}/envios/{envio_id}",
    "POST /api/v1/sacas/{saca_id}/cierre",
    "POST /api/v1/sacas/{saca_id}/paso",
    "POST /api/v1/despachos",
    "POST /api/v1/despachos/{despacho_id}/carga",
    "DELETE /api/v1/despachos/{despacho_id}/carga/{cosa_id}",
    "POST /api/v1/despachos/{despacho_id}/paso",
    "POST /api/v1/despachos/{despacho_id}/llegadas",
    "POST /api/v1/diferencias-de-despacho/{diferencia_id}/explicacion",
    "POST /api/v1/diferencias-de-despacho/{diferencia_id}/respuesta",
    "POST /api/v1/hojas-de-ruta",
    "POST /api/v1/hojas-de-ruta/{hoja_id}/envios",
    "DELETE /api/v1/hojas-de-ruta/{hoja_id}/envios/{envio_id}",
    "POST /api/v1/hojas-de-ruta/{hoja_id}/paso",
    "POST /envios/operador/sacas",
    "POST /envios/operador/sacas/{saca_id}/lectura",
    "POST /envios/operador/sacas/{saca_id}/retiro",
    "POST /envios/operador/sacas/{saca_id}/cierre",
    "POST /envios/operador/sacas/{saca_id}/paso",
    "POST /envios/operador/despachos",
    "POST /envios/operador/despachos/{despacho_id}/carga",
    "POST /envios/operador/despachos/{despacho_id}/descarga",
    "POST /envios/operador/despachos/{despacho_id}/paso",
    "POST /envios/operador/despachos/{despacho_id}/llegada",
    "POST /envios/operador/diferencias/{diferencia_id}/explicacion",
    "POST /envios/operador/diferencias/{diferencia_id}/respuesta",
    "POST /envios/operador/hojas-de-ruta",
    "POST /envios/operador/hojas-de-ruta/{hoja_id}/lectura",
    "POST /envios/operador/hojas-de-ruta/{hoja_id}/retiro",
    "POST /envios/operador/hojas-de-ruta/{hoja_id}/paso",
    "POST /escaner/cola",
    "POST /escaner/cola/con-archivos",
    "POST /envios/{envio_id}/confirmar",
    "POST /escaner/{escaneo_id}/deshacer",
    "POST /envios/operador/escanear",
    "POST /envios/operador/escanear/pendiente",
    "POST /escaner/{escaneo_id}/dejar",
}
FERIA = {
    # What a closure waits for ends: a call is cancelled, a bid leaves before the deadline.
    "POST /api/v1/convocatorias/{convocatoria_id}/cancelacion",
    "DELETE /api/v1/convocatorias/{convocatoria_id}/ofertas/{oferta_id}",
    "POST /compras/{convocatoria_id}/cancelacion",
    "POST /ofertas/{oferta_id}/retirar",
    # An order that it has: declined, delivered, received, paid, ended. Only accepting one begins something.
    "POST /api/v1/ordenes-de-compra/{orden_id}/rechazo",
    "POST /api/v1/ordenes-de-compra/{orden_id}/entregas",
    "POST /api/v1/ordenes-de-compra/{orden_id}/entregas/{numero}/recepcion",
    "POST /api/v1/ordenes-de-compra/{orden_id}/pagos",
    "POST /api/v1/ordenes-de-compra/{orden_id}/resolucion",
    "POST /api/v1/ordenes-de-compra/{orden_id}/garantias",
    "POST /api/v1/ordenes-de-compra/{orden_id}/garantias/{numero}/anulacion",
    "POST /api/v1/ordenes-de-compra/{orden_id}/garantias/{numero}/devolucion",
    "POST /api/v1/ordenes-de-compra/{orden_id}/garantias/{numero}/ejecucion",
    # What it did not commit of its budget goes back.
    "POST /api/v1/certificaciones-presupuestarias/{certificacion_id}/anulacion",
    "POST /certificaciones/{certificacion_id}/anulacion",
    # What it asked for is not approved, or left; what it ordered is received and paid.
    *(
        f"POST {donde}/compras-de-catalogo/{{compra_id}}/{que}"
        for donde in ("", "/api/v1")
        for que in ("rechazo", "anulacion", "conformidad", "con-que-se-paga", "pago")
    ),
    "POST /ordenes-de-compra/{orden_id}/rechazo",
    "POST /ordenes-de-compra/{orden_id}/entregas",
    "POST /ordenes-de-compra/{orden_id}/entregas/{numero}/recepcion",
    "POST /ordenes-de-compra/{orden_id}/pagos",
    "POST /ordenes-de-compra/{orden_id}/resolucion",
    "POST /ordenes-de-compra/{orden_id}/garantias",
    "POST /ordenes-de-compra/{orden_id}/garantias/{numero}/anulacion",
    "POST /ordenes-de-compra/{orden_id}/garantias/{numero}/devolucion",
    "POST /ordenes-de-compra/{orden_id}/garantias/{numero}/ejecucion",
    # What was decided of its bids, or of its calls, is contested and resolved.
    "POST /api/v1/convocatorias/{convocatoria_id}/impugnaciones",
    "POST /api/v1/impugnaciones/{impugnacion_id}/retiro",
    "POST /api/v1/impugnaciones/{impugnacion_id}/resolucion",
    "POST /feria/{convocatoria_id}/impugnaciones",
    "POST /feria/{convocatoria_id}/impugnaciones/{impugnacion_id}/retiro",
    "POST /compras/{convocatoria_id}/impugnaciones/{impugnacion_id}/resolucion",
    # Who does the acts of a process under way is named, ceases, or is left out.
    "POST /api/v1/convocatorias/{convocatoria_id}/papeles",
    "POST /api/v1/designaciones/{designacion_id}/cese",
    "POST /api/v1/designaciones/{designacion_id}/recusaciones",
    "POST /api/v1/excusas/{excusa_id}/resolucion",
    "POST /compras/{convocatoria_id}/papeles",
    "POST /compras/{convocatoria_id}/ceses",
    "POST /compras/{convocatoria_id}/excusas/{excusa_id}/resolucion",
    "POST /feria/{convocatoria_id}/recusaciones",
}
SIGUE = REGISTRO | PAGOS | COMERCIO | ENVIOS | FERIA

ANOTA = {
    "POST /api/v1/planillas/{planilla_id}/aprobacion": {"registro_acto"},
    "POST /billetera/planillas/{planilla_id}/aprobar": {"registro_acto"},
}
"""Refused, and the act says why: it goes on waiting."""

NUEVO = {
    "registro": "POST " + _UNA + "/webhooks",
    "comercio": "POST /api/v1/productos",
    "envios": "POST /api/v1/envios",
    "feria (compra)": "POST /api/v1/convocatorias",
    "feria (oferta)": "POST /api/v1/convocatorias/{convocatoria_id}/ofertas",
    "cobros": "POST /api/v1/ordenes-de-cobro",
    "planillas": "POST /api/v1/planillas",
}
"""The business that each room begins: at least this is among what is refused."""
