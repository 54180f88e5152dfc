"""Claims of who bought against who sold: they hold the money of the order until they end."""

from comercio.reclamos.consultas import cuantos_por_mediar, por_responder, reclamo_abierto, reclamo_visible
from comercio.reclamos.estados import EstadoReclamo, Lado

__all__ = [
    "EstadoReclamo",
    "Lado",
    "cuantos_por_mediar",
    "por_responder",
    "reclamo_abierto",
    "reclamo_visible",
]
