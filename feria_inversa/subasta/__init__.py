"""The electronic reverse auction: opened prices go down in one continuous round until time ends it."""

from feria_inversa.subasta.cancelar import cancelar_proceso
from feria_inversa.subasta.consultas import subasta_de
from feria_inversa.subasta.empezar import empezar
from feria_inversa.subasta.lugares import en_palabras, lugares_de
from feria_inversa.subasta.pujar import pujar_con
from feria_inversa.subasta.terminar import terminar_por_reloj

__all__ = [
    "cancelar_proceso",
    "empezar",
    "en_palabras",
    "lugares_de",
    "pujar_con",
    "subasta_de",
    "terminar_por_reloj",
]
