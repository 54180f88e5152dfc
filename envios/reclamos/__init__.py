"""Claims of who paid the postage against the operator: a legal clock, a decision, an indemnity."""

from envios.reclamos import mensajes, reclamar, resolver, responder, vencer
from envios.reclamos.consultas import reclamos_ante_la_autoridad
from envios.reclamos.estados import ClaseReclamo, EstadoReclamo
from envios.reclamos.presentar import tono_de
from nucleo.fachada import sin_fila

presentar_reclamo = sin_fila(reclamar.presentar)
escribir_en_reclamo = sin_fila(mensajes.escribir)
aceptar_reclamo = sin_fila(responder.aceptar)
rechazar_reclamo = sin_fila(responder.rechazar)
impugnar_reclamo = sin_fila(reclamar.impugnar)
resolver_reclamo = sin_fila(resolver.resolver)
vencer_reclamo = vencer.vencer

__all__ = [
    "ClaseReclamo",
    "EstadoReclamo",
    "aceptar_reclamo",
    "escribir_en_reclamo",
    "impugnar_reclamo",
    "presentar_reclamo",
    "rechazar_reclamo",
    "reclamos_ante_la_autoridad",
    "resolver_reclamo",
    "tono_de",
    "vencer_reclamo",
]
