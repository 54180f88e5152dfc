"""What who bought says of what they bought, what who sold answers, and how it is moderated."""

from comercio.opiniones import opinar
from comercio.opiniones.consultas import (
    OPINADO,
    POR_ESTRELLAS,
    Distribucion,
    OpinionLeida,
    leer_distribucion,
    leer_opinado,
    opiniones_de,
)

publicar_opinion = opinar.opinar
responder_opinion = opinar.responder
moderar_opinion = opinar.moderar

__all__ = [
    "OPINADO",
    "POR_ESTRELLAS",
    "Distribucion",
    "OpinionLeida",
    "leer_distribucion",
    "leer_opinado",
    "moderar_opinion",
    "opiniones_de",
    "publicar_opinion",
    "responder_opinion",
]
