"""Errors of the acts."""

from nucleo.errores import NoEncontrado
from nucleo.textos import perezoso as _l


class ActaNoEncontrada(NoEncontrado):
    codigo = "acta_no_encontrada"
    titulo = _l("No existe esa acta")
