"""Searches that a public entity froze: what the shop answered, kept as evidence of a choice."""

from comercio.evidencias.consultas import congelada_de
from comercio.evidencias.errores import SoloEntidades
from comercio.evidencias.esquemas import BusquedaCongelada
from comercio.evidencias.quien import entidades_de, exigir_entidad, lista_de_entidades

__all__ = [
    "BusquedaCongelada",
    "SoloEntidades",
    "congelada_de",
    "entidades_de",
    "exigir_entidad",
    "lista_de_entidades",
]
