"""Events published here; `datos` carry ids and small facts only."""

PEDIDO_PAGADO = "PedidoPagado"
