"""Events published here; `objeto_id` is the claim, `datos` carry the order."""

RECLAMO_ABIERTO = "ReclamoDeCompraAbierto"
RECLAMO_MOVIDO = "ReclamoDeCompraMovido"
