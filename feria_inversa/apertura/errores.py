"""Errors of the opening."""

from nucleo.errores import Conflicto
from nucleo.textos import perezoso as _l


class FaltanPartes(Conflicto):
    codigo = "faltan_partes"
    titulo = _l("Los sobres están sellados: los abren los depositarios de la llave")


class SinLlave(Conflicto):
    codigo = "sin_llave"
    titulo = _l("Esta convocatoria no tiene llave")
