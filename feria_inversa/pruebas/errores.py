"""Errors of the proofs."""

from nucleo.errores import Conflicto
from nucleo.textos import perezoso as _l


class SinApertura(Conflicto):
    codigo = "sin_apertura_sellada"
    titulo = _l("No hay una apertura de sobres sellados que probar")
