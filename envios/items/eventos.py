"""Names of the events this room publishes. `objeto_id` is the shipment; datos: envio_id, numero,
referencia_tipo, referencia_id and, when an event of the item caused it, evento_id and codigo."""

ENVIO_ANUNCIADO = "EnvioAnunciado"
ENVIO_ADMITIDO = "EnvioAdmitido"
ENVIO_EN_REPARTO = "EnvioEnReparto"
ENVIO_LISTO_PARA_RETIRO = "EnvioListoParaRetiro"
ENVIO_INTENTO_FALLIDO = "EnvioIntentoFallido"
ENVIO_EN_DEVOLUCION = "EnvioEnDevolucion"
ENVIO_ENTREGA_PROVISIONAL = "EnvioEntregaProvisional"
ENVIO_ENTREGADO = "EnvioEntregado"
ENVIO_DEVUELTO = "EnvioDevuelto"
ENVIO_ANULADO = "EnvioAnulado"
ENVIO_SIN_NOTICIAS = "EnvioSinNoticias"
# What ended it was declared wrong: it is on its way again, or ended otherwise.
ENVIO_CORREGIDO = "EnvioCorregido"
ENVIO_ANULACION_PEDIDA = "EnvioAnulacionPedida"
ENVIO_ANULACION_RECHAZADA = "EnvioAnulacionRechazada"
