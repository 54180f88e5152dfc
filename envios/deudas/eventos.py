"""Names of the events this room publishes. `objeto_id` is the debt; datos: clase, origen_id, envio_id."""

DEUDA_SALDADA = "DeudaDeEnvioSaldada"
CESION_PAGADA = "CesionDeEnvioPagada"  # all that was ceded of it
# `objeto_id` is the item, datos those of its events: what was collected is in its order's custody.
ENVIO_COBRADO = "EnvioCobrado"
