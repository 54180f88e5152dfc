"""What is asked before buying, answered for everybody; what the two sides of an order write to each other."""

from comercio.mensajes.consultas import (
    PreguntaLeida,
    cuantas_por_responder,
    preguntas_de,
    preguntas_de_persona,
)
from comercio.mensajes.consultas_de_hilo import sin_leer_de_compradores, sin_leer_de_vendedores
from comercio.mensajes.formularios import PREGUNTA, HojaDePregunta
from comercio.mensajes.preguntas import preguntar

__all__ = [
    "PREGUNTA",
    "HojaDePregunta",
    "PreguntaLeida",
    "cuantas_por_responder",
    "preguntar",
    "preguntas_de",
    "preguntas_de_persona",
    "sin_leer_de_compradores",
    "sin_leer_de_vendedores",
]
