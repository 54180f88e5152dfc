"""Searches that a public entity froze: what the shop answered, kept as evidence of a choice."""

from comercio.evidencias.congelar import congelar
from comercio.evidencias.consultas import congelada_de, congeladas_por_id, lugar_del_elegido
from comercio.evidencias.errores import SoloEntidades
from comercio.evidencias.esquemas import BusquedaCongelada
from comercio.evidencias.quien import entidades_de, exigir_entidad, lista_de_entidades
from nucleo.fachada import sin_fila

congelar_busqueda = sin_fila(congelar)

__all__ = [
    "BusquedaCongelada",
    "SoloEntidades",
    "congelada_de",
    "congeladas_por_id",
    "congelar_busqueda",
    "entidades_de",
    "exigir_entidad",
    "lista_de_entidades",
    "lugar_del_elegido",
]
