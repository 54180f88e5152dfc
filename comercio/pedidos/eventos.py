"""Events published here; `datos` carry ids and small facts only."""

PEDIDO_EN_PREPARACION = "PedidoEnPreparacion"
PEDIDO_DESPACHADO = "PedidoDespachado"
PEDIDO_ENTREGADO = "PedidoEntregado"
PEDIDO_CONCLUIDO = "PedidoConcluido"
PEDIDO_CANCELADO = "PedidoCancelado"
# Of a part of it: `objeto_id` is the order; datos say which parcel, or what of it was cancelled.
PAQUETE_ANUNCIADO = "PaqueteAnunciado"
PAQUETE_DESPACHADO = "PaqueteDespachado"
PAQUETE_CON_INCIDENCIA = "PaqueteConIncidencia"
PEDIDO_CANCELADO_EN_PARTE = "PedidoCanceladoEnParte"
SERVICIO_PRESTADO = "ServicioPrestado"
