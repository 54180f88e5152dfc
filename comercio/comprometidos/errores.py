"""Errors of the payments of entities."""

from nucleo.errores import Conflicto
from nucleo.textos import perezoso as _l


class ComprobanteRepetido(Conflicto):
    codigo = "comprobante_repetido"
    titulo = _l("Ese C-31 ya se anotó en otro pedido")
