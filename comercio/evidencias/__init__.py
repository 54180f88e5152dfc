"""Searches that a public entity froze: what the shop answered, kept as evidence of a choice."""

from comercio.evidencias.congelar import congelar
from comercio.evidencias.consultas import congelada_de
from comercio.evidencias.errores import SoloEntidades
from comercio.evidencias.esquemas import BusquedaCongelada
from comercio.evidencias.quien import entidades_de, exigir_entidad, lista_de_entidades
from nucleo.fachada import sin_fila

congelar_busqueda = sin_fila(congelar)

__all__ = [
    "BusquedaCongelada",
    "SoloEntidades",
    "congelada_de",
    "congelar_busqueda",
    "entidades_de",
    "exigir_entidad",
    "lista_de_entidades",
]
