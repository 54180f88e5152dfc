"""What is asked before buying, answered for everybody; what the two sides of an order write to each other."""

from comercio.mensajes.consultas import (
    A_LA_VISTA,
    PreguntaLeida,
    cuantas_por_responder,
    leer_a_la_vista,
)
from comercio.mensajes.consultas_de_hilo import sin_leer_de_compradores, sin_leer_de_vendedores
from comercio.mensajes.formularios import PREGUNTA, HojaDePregunta
from comercio.mensajes.preguntas import preguntar

__all__ = [
    "A_LA_VISTA",
    "PREGUNTA",
    "HojaDePregunta",
    "PreguntaLeida",
    "cuantas_por_responder",
    "leer_a_la_vista",
    "preguntar",
    "sin_leer_de_compradores",
    "sin_leer_de_vendedores",
]
