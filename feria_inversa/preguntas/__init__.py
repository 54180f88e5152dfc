"""Questions about a call while it takes bids, and the answers of its entity."""

from feria_inversa.preguntas.consultas import contar_preguntas, todas_las_preguntas
from feria_inversa.preguntas.preguntar import preguntar, responder

__all__ = ["contar_preguntas", "preguntar", "responder", "todas_las_preguntas"]
