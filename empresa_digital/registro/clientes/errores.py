"""Errors of the programs of a unit."""

from nucleo.errores import Conflicto
from nucleo.textos import perezoso as _l


class DemasiadosProgramas(Conflicto):
    codigo = "demasiados_programas"
    titulo = _l("La unidad ya tiene todos los programas que puede tener")


class ProgramaRepetido(Conflicto):
    codigo = "programa_repetido"
    titulo = _l("Ya hay un programa conectado con ese nombre")
