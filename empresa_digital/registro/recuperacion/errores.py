"""Errors of a recovery: stable codes, Spanish words that say what to do."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class RecuperacionNoEncontrada(NoEncontrado):
    codigo = "recuperacion_no_encontrada"
    titulo = _l("No existe esa recuperación")


class RecuperacionAbierta(Conflicto):
    codigo = "recuperacion_abierta"
    titulo = _l("La unidad ya tiene una recuperación en curso")


class MismoFuncionario(Conflicto):
    codigo = "mismo_funcionario"
    titulo = _l("La decide otra persona de la autoridad")


class TodaviaNo(Conflicto):
    codigo = "todavia_no"
    titulo = _l("Todavía no se puede decidir")
