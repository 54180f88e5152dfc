"""Events of this room. `objeto_id` is the intent's id."""

# {"proposito", "referencia_id", "monto" (centavos), "transferencia_id"}: charged and credited, once.
PAGO_CONFIRMADO = "PagoConTarjetaConfirmado"
# {"proposito", "referencia_id", "estado", "motivo"}: it ended without being credited. A charge that turns up
# later is still confirmed by the event above.
PAGO_NO_REALIZADO = "PagoConTarjetaNoRealizado"
# {"proposito", "referencia_id", "reembolso_id", "monto"}: money went back to the card.
REEMBOLSO_HECHO = "ReembolsoATarjetaHecho"
# The same facts: the bank gave a refund back after saying yes.
REEMBOLSO_REVERTIDO = "ReembolsoATarjetaRevertido"
# {"disputa_id", "monto"}: a bank claims it back; it gave the cardholder what was claimed; it did not.
DISPUTA_ABIERTA = "DisputaDeTarjetaAbierta"
DISPUTA_PERDIDA = "DisputaDeTarjetaPerdida"
DISPUTA_GANADA = "DisputaDeTarjetaGanada"
# {"disputa_id", "respuesta_id"}: the bank did not take what the platform answered to it.
RESPUESTA_RECHAZADA = "RespuestaADisputaRechazada"
# {"aviso_id"}: a webhook was stored.
AVISO_RECIBIDO = "AvisoDePasarelaRecibido"
