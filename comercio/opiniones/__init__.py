"""What who bought says of what they bought, what who sold answers, and how it is moderated."""

from comercio.opiniones import opinar
from comercio.opiniones.consultas import Distribucion, OpinionLeida, distribucion_de, opiniones_de

publicar_opinion = opinar.opinar
responder_opinion = opinar.responder
moderar_opinion = opinar.moderar

__all__ = [
    "Distribucion",
    "OpinionLeida",
    "distribucion_de",
    "moderar_opinion",
    "opiniones_de",
    "publicar_opinion",
    "responder_opinion",
]
