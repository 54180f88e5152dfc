"""What is asked before buying, answered for everybody; what the two sides of an order write to each other."""

from comercio.mensajes.consultas import (
    A_LA_VISTA,
    PreguntaLeida,
    cuantas_por_responder,
    leer_a_la_vista,
    preguntas_por_responder,
)
from comercio.mensajes.consultas_de_hilo import sin_leer_de_compradores, sin_leer_de_vendedores
from comercio.mensajes.formularios import PREGUNTA, HojaDePregunta
from comercio.mensajes.hilo import escribir
from comercio.mensajes.preguntas import preguntar
from comercio.mensajes.preguntas import responder as responder_pregunta
from nucleo.fachada import sin_fila

escribir_mensaje = sin_fila(escribir)
hacer_pregunta = sin_fila(preguntar)

__all__ = [
    "A_LA_VISTA",
    "PREGUNTA",
    "HojaDePregunta",
    "PreguntaLeida",
    "cuantas_por_responder",
    "escribir_mensaje",
    "hacer_pregunta",
    "leer_a_la_vista",
    "preguntar",
    "preguntas_por_responder",
    "responder_pregunta",
    "sin_leer_de_compradores",
    "sin_leer_de_vendedores",
]
