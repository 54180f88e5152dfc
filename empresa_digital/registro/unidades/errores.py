"""Errors of the units: stable codes, Spanish words that say what to do."""

from nucleo.errores import NoEncontrado
from nucleo.textos import perezoso as _l


class UnidadNoEncontrada(NoEncontrado):
    codigo = "unidad_no_encontrada"
    titulo = _l("No existe esa unidad económica")
