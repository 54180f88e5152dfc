"""Events this room publishes; `datos` carry ids and small facts only."""

PRODUCTO_PUBLICADO = "ProductoPublicado"
PEDIDO_PAGADO = "PedidoPagado"
PEDIDO_EN_PREPARACION = "PedidoEnPreparacion"
PEDIDO_DESPACHADO = "PedidoDespachado"
PEDIDO_ENTREGADO = "PedidoEntregado"
PEDIDO_LIBERADO = "PedidoLiberado"
PEDIDO_CANCELADO = "PedidoCancelado"
