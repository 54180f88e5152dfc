"""What is asked before buying, and answered for everybody."""

from comercio.mensajes.consultas import (
    PreguntaLeida,
    cuantas_por_responder,
    preguntas_de,
    preguntas_de_persona,
)
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
]
