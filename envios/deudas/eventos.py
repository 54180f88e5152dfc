"""Names of the events this room publishes. `objeto_id` is the debt; datos: clase, origen_id, envio_id."""

DEUDA_SALDADA = "DeudaDeEnvioSaldada"
# `objeto_id` is the item; datos as of any event of it: what was collected at its door is in the custody of its order.
ENVIO_COBRADO = "EnvioCobrado"
