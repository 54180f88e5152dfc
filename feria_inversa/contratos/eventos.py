"""Name of the event of a purchase order."""

ORDEN_DE_COMPRA_EMITIDA = "OrdenDeCompraEmitida"
