"""Names of the events this room publishes. `objeto_id` is the debt; datos: clase, origen_id, envio_id."""

DEUDA_SALDADA = "DeudaDeEnvioSaldada"
