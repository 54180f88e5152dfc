"""Offers held for some days: a seller keeps price and quantity of a variant for a public entity."""

from comercio.sostenidas.bloqueos import bloquear_oferta
from comercio.sostenidas.consultas import OfertaLeida, cuantas_por_responder, sostenidas_de
from comercio.sostenidas.errores import OfertaNoEncontrada, OfertaTerminada
from comercio.sostenidas.esquemas import OfertaPedida
from comercio.sostenidas.estados import EstadoOferta
from comercio.sostenidas.sostener import ceder, pedir, responder
from comercio.sostenidas.usos import UsoDeOferta, usa_ofertas
from nucleo.fachada import sin_fila

pedir_oferta = sin_fila(pedir)
no_soltar_oferta = sin_fila(bloquear_oferta)
responder_oferta = sin_fila(responder)

__all__ = [
    "EstadoOferta",
    "OfertaLeida",
    "OfertaNoEncontrada",
    "OfertaPedida",
    "OfertaTerminada",
    "UsoDeOferta",
    "ceder",
    "cuantas_por_responder",
    "no_soltar_oferta",
    "pedir_oferta",
    "responder_oferta",
    "sostenidas_de",
    "usa_ofertas",
]
