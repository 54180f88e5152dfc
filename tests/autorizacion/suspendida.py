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
COMERCIO = {
    "POST /api/v1/pedidos/{pedido_id}/preparacion",
    "POST /api/v1/pedidos/{pedido_id}/despacho",
    "POST /api/v1/pedidos/{pedido_id}/conformidad",
    "POST /api/v1/pedidos/{pedido_id}/cancelacion",
    "POST /pedidos/{pedido_id}/conformidad",
    "POST /pedidos/{pedido_id}/cancelacion",
    "POST /vender/pedidos/{pedido_id}/preparacion",
    "POST /vender/pedidos/{pedido_id}/despacho",
    "POST /vender/pedidos/{pedido_id}/cancelacion",
}
ENVIOS = {
    "POST /api/v1/envios/{envio_id}/eventos",
    "POST /api/v1/eventos-de-envio",
    "POST /api/v1/operadores-postales/{operador_id}/archivos-de-eventos",
    "POST /api/v1/envios/{envio_id}/entrega",
    "POST /api/v1/envios/{envio_id}/anulacion",
    "POST /api/v1/envios/{envio_id}/codigo-de-entrega",
    "POST /envios/{envio_id}/codigo",
    "POST /envios/{envio_id}/anular",
    "POST /envios/operador/{envio_id}/evento",
    "POST /envios/operador/{envio_id}/entregar",
    "POST /envios/operador/{envio_id}/intento",
    "POST /envios/operador/{envio_id}/anulacion",
    "POST /api/v1/correcciones-de-evento",
    "POST /api/v1/incidencias-de-envio/{incidencia_id}/resolucion",
    "POST /envios/operador/{envio_id}/correccion",
    "POST /envios/operador/{envio_id}/incidencia",
}
FERIA = {
    # What a closure waits for ends: a call is cancelled, a bid leaves before the deadline.
    "POST /api/v1/convocatorias/{convocatoria_id}/cancelacion",
    "DELETE /api/v1/convocatorias/{convocatoria_id}/ofertas/{oferta_id}",
    "POST /compras/{convocatoria_id}/cancelacion",
    "POST /ofertas/{oferta_id}/retirar",
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
