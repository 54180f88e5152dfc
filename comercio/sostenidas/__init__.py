"""Offers held for some days: a seller keeps price and quantity of a variant for a public entity."""

from comercio.sostenidas.consultas import OfertaLeida, cuantas_por_responder, sostenidas_de
from comercio.sostenidas.errores import OfertaNoEncontrada, OfertaTerminada
from comercio.sostenidas.esquemas import OfertaPedida
from comercio.sostenidas.estados import EstadoOferta
from comercio.sostenidas.sostener import ceder, entregar, liberar, pedir, responder, usar
from nucleo.fachada import sin_fila

pedir_oferta = sin_fila(pedir)
responder_oferta = sin_fila(responder)

__all__ = [
    "EstadoOferta",
    "OfertaLeida",
    "OfertaNoEncontrada",
    "OfertaPedida",
    "OfertaTerminada",
    "ceder",
    "cuantas_por_responder",
    "entregar",
    "liberar",
    "pedir_oferta",
    "responder_oferta",
    "sostenidas_de",
    "usar",
]
