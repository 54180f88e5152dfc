"""Offers held for some days: a seller keeps price and quantity of a variant for a public entity."""

from comercio.sostenidas.consultas import OfertaLeida, cuantas_por_responder, sostenidas_de
from comercio.sostenidas.errores import OfertaNoEncontrada, OfertaTerminada
from comercio.sostenidas.estados import EstadoOferta
from comercio.sostenidas.sostener import entregar, liberar, usar

__all__ = [
    "EstadoOferta",
    "OfertaLeida",
    "OfertaNoEncontrada",
    "OfertaTerminada",
    "cuantas_por_responder",
    "entregar",
    "liberar",
    "sostenidas_de",
    "usar",
]
