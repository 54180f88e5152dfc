"""Errors of the appeals."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class ImpugnacionNoEncontrada(NoEncontrado):
    codigo = "impugnacion_no_encontrada"
    titulo = _l("No existe esa impugnación")


class ImpugnacionNoPermite(TransicionInvalida):
    codigo = "impugnacion_no_permite"
    titulo = _l("El estado de la impugnación no permite esta acción")


class ImpugnacionTardia(Conflicto):
    codigo = "impugnacion_tardia"
    titulo = _l("Terminó el plazo para impugnar o para resolver")


class NoSeImpugna(Conflicto):
    codigo = "no_se_impugna"
    titulo = _l("Esa decisión no se puede impugnar")
