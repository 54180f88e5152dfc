"""The numbers of items: UPU S10 and the house's own, their check digits, countries, the bars of a label."""

from envios.s10.casa import PREFIJO as PREFIJO_DE_CASA
from envios.s10.casa import Numero, NumeroDeCasa, es_de_casa, generar_de_casa, leer_numero
from envios.s10.codigo128 import codigo128 as barras
from envios.s10.codigo128 import modulos128
from envios.s10.numeros import (
    INDICADOR_NACIONAL,
    PAIS_PROPIO,
    SERIE_MAXIMA,
    MotivoInvalido,
    NumeroInvalido,
    NumeroS10,
    generar,
    normalizar,
    validar,
)

__all__ = [
    "INDICADOR_NACIONAL",
    "PAIS_PROPIO",
    "PREFIJO_DE_CASA",
    "SERIE_MAXIMA",
    "MotivoInvalido",
    "Numero",
    "NumeroDeCasa",
    "NumeroInvalido",
    "NumeroS10",
    "barras",
    "es_de_casa",
    "generar",
    "generar_de_casa",
    "leer_numero",
    "modulos128",
    "normalizar",
    "validar",
]
