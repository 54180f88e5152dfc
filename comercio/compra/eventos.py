"""Events published here; `datos` carry ids and small facts only."""

PEDIDO_PAGADO = "PedidoPagado"
PEDIDO_CONFIRMADO = "PedidoConfirmado"  # it is paid at the door
