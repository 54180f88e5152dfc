"""The numbers of items: UPU S10, its check digit, the countries, and the bars of a label."""

from envios.s10.codigo128 import codigo128 as barras
from envios.s10.codigo128 import modulos128
from envios.s10.numeros import SERIE_MAXIMA, NumeroInvalido, NumeroS10, generar, normalizar, validar

__all__ = [
    "SERIE_MAXIMA",
    "NumeroInvalido",
    "NumeroS10",
    "barras",
    "generar",
    "modulos128",
    "normalizar",
    "validar",
]
