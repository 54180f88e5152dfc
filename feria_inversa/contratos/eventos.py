"""Names of the events of a purchase order."""

ORDEN_DE_COMPRA_EMITIDA = "OrdenDeCompraEmitida"
ORDEN_DE_COMPRA_RESPONDIDA = "OrdenDeCompraRespondida"
ORDEN_DE_COMPRA_PAGADA = "OrdenDeCompraPagada"
ORDEN_DE_COMPRA_RESUELTA = "OrdenDeCompraResuelta"
ENTREGA_HECHA = "EntregaHecha"
ENTREGA_RESPONDIDA = "EntregaRespondida"
