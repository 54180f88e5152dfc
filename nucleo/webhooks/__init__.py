"""Outgoing webhooks, as Standard Webhooks 1.0 describes them.

`encolar` writes one message per subscription in the caller's transaction; a periodic task sends what is due,
outside any transaction, with growing pauses. A message may arrive twice and in any order: the receiver knows
a repetition by `webhook-id`.
"""

from nucleo.webhooks.envio import enviar_pendientes
from nucleo.webhooks.firma import firmar
from nucleo.webhooks.mensajes import (
    REENVIO_MAXIMO,
    Entrega,
    Intento,
    encolar,
    entrega_de,
    entregas,
    intentos_de,
    probar,
    reenviar,
    reenviar_rango,
)
from nucleo.webhooks.suscripciones import (
    GRACIA,
    Suscripcion,
    dar_de_baja,
    duenios_de_tipo,
    reactivar,
    rotar_secreto,
    suscribir,
    suscripcion_de,
    suscripciones_de,
)
from nucleo.webhooks.tipos import PRUEBA, WEBHOOK_DESACTIVADO, TipoDeWebhook, tipo_de_webhook, tipos

__all__ = [
    "GRACIA",
    "PRUEBA",
    "REENVIO_MAXIMO",
    "WEBHOOK_DESACTIVADO",
    "Entrega",
    "Intento",
    "Suscripcion",
    "TipoDeWebhook",
    "dar_de_baja",
    "duenios_de_tipo",
    "encolar",
    "entrega_de",
    "entregas",
    "enviar_pendientes",
    "firmar",
    "intentos_de",
    "probar",
    "reactivar",
    "reenviar",
    "reenviar_rango",
    "rotar_secreto",
    "suscribir",
    "suscripcion_de",
    "suscripciones_de",
    "tipo_de_webhook",
    "tipos",
]
