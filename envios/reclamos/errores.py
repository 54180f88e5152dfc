"""What can go wrong with a claim, each with a stable `codigo`."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class ReclamoNoEncontrado(NoEncontrado):
    codigo = "reclamo_no_encontrado"
    titulo = _l("No existe ese reclamo")


class ReclamoNoAdmite(TransicionInvalida):
    codigo = "reclamo_no_admite"
    titulo = _l("El reclamo ya no admite esto")


class TodaviaNo(Conflicto):
    """The item does not allow this claim: it may yet, or it never will; the text says which."""

    codigo = "reclamo_no_procede"
    titulo = _l("Este envío no admite ese reclamo")


class ReclamoRepetido(Conflicto):
    codigo = "reclamo_repetido"
    titulo = _l("Ya hay un reclamo de esa clase por este envío")


class ReclamoVencido(Conflicto):
    codigo = "reclamo_vencido"
    titulo = _l("El plazo para esto terminó")
