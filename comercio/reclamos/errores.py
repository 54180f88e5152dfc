"""What can go wrong with a claim, each with a stable code."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class ReclamoNoEncontrado(NoEncontrado):
    codigo = "reclamo_no_encontrado"
    titulo = _l("No encontramos ese reclamo")


class ReclamoNoAdmite(TransicionInvalida):
    codigo = "reclamo_no_admite"
    titulo = _l("El reclamo no admite eso ahora")


class ReclamoNoProcede(Conflicto):
    codigo = "reclamo_no_procede"
    titulo = _l("Todavía no se puede reclamar eso")
