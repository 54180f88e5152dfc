"""Names of the events of a purchase from the catalogue."""

COMPRA_DE_CATALOGO_PEDIDA = "CompraDeCatalogoPedida"
COMPRA_DE_CATALOGO_CAMBIO = "CompraDeCatalogoCambio"
