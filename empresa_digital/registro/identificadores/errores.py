"""Errors of numbers and identifiers: stable codes, Spanish words that say what to do."""

from nucleo.errores import Conflicto, DatosInvalidos
from nucleo.textos import perezoso as _l


class NumeroInvalido(DatosInvalidos):
    codigo = "numero_invalido"
    titulo = _l("El número de unidad económica no es válido")


class IdentificadorInvalido(DatosInvalidos):
    codigo = "identificador_invalido"
    titulo = _l("El identificador no tiene un formato válido")


class IdentificadorEnUso(Conflicto):
    codigo = "identificador_en_uso"
    titulo = _l("Otra unidad económica ya tiene ese identificador")
