"""Errors of statements."""

from nucleo.errores import DatosInvalidos


class ExtractoDemasiadoLargo(DatosInvalidos):
    codigo = "extracto_demasiado_largo"
    titulo = "El extracto tiene demasiados movimientos"
