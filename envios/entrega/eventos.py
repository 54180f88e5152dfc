"""Names of the events this room publishes. `objeto_id` is the item; datos as those of `envios.items.eventos`,
and `hasta` (the day on which it goes back) in those of a wait."""

ENVIO_ELEGIDO = "EnvioElegido"
ENVIO_ESPERA_POR_VENCER = "EnvioEsperaPorVencer"
ENVIO_ESPERA_PRORROGADA = "EnvioEsperaProrrogada"
ENVIO_DEVOLUCION_ANUNCIADA = "EnvioDevolucionAnunciada"
