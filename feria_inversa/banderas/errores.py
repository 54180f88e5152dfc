"""Errors of the red flags."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class BanderaNoEncontrada(NoEncontrado):
    codigo = "bandera_no_encontrada"
    titulo = _l("Ese proceso no tiene esa bandera")


class DemasiadasRespuestas(Conflicto):
    codigo = "demasiadas_respuestas"
    titulo = _l("Ya respondió muchas veces a esa bandera")
