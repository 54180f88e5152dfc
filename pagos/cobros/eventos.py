"""Events of this room. `objeto_id` is the order's id; also the types of the webhooks to its unit."""

# {"pago_id", "cpt", "monto", "pagado", "total" (centavos), "estado"}: a payment that completed the order.
ORDEN_PAGADA = "OrdenDeCobroPagada"
# The same facts: a payment that left something to pay.
ORDEN_PAGADA_EN_PARTE = "OrdenDeCobroPagadaEnParte"
# The same facts and {"devuelto" (centavos), "devolucion"}: some of what it received went back to who paid, or
# the bank undid that.
ORDEN_DEVUELTA = "OrdenDeCobroDevuelta"
# {"cpt", "estado"}
ORDEN_VENCIDA = "OrdenDeCobroVencida"
ORDEN_ANULADA = "OrdenDeCobroAnulada"
# {"cpt", "documento"}: issued to somebody's card number.
ORDEN_EMITIDA = "OrdenDeCobroEmitida"
# {"cpt", "intento_id", "monto"}: a card was charged when the order could no longer take that money.
PAGO_SIN_LUGAR = "PagoDeOrdenSinLugar"
