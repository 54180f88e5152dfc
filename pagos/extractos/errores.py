"""Errors of statements."""

from nucleo.errores import DatosInvalidos
from nucleo.textos import perezoso as _l


class ExtractoDemasiadoLargo(DatosInvalidos):
    codigo = "extracto_demasiado_largo"
    titulo = _l("El extracto tiene demasiados movimientos")
