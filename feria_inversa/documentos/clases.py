"""What the documents of a process are."""

from enum import StrEnum
from typing import Literal, get_args

from nucleo.textos import perezoso as _l


class Clase(StrEnum):
    """The DBC is written by the platform; the others, an entity brings."""

    DBC = "dbc"
    ESPECIFICACIONES = "especificaciones"
    TERMINOS = "terminos"
    PLANOS = "planos"
    FORMULARIO = "formulario"
    CONTRATO = "contrato"
    OTRO = "otro"


ClaseTraida = Literal[
    Clase.ESPECIFICACIONES, Clase.TERMINOS, Clase.PLANOS, Clase.FORMULARIO, Clase.CONTRATO, Clase.OTRO
]
"""What an entity may bring."""

NOMBRES = {
    Clase.DBC: _l("Documento base de contratación"),
    Clase.ESPECIFICACIONES: _l("Especificaciones técnicas"),
    Clase.TERMINOS: _l("Términos de referencia"),
    Clase.PLANOS: _l("Planos"),
    Clase.FORMULARIO: _l("Formularios"),
    Clase.CONTRATO: _l("Modelo de contrato"),
    Clase.OTRO: _l("Otro documento"),
}


def opciones_de_clase() -> list[tuple[str, str]]:
    return [(clase.value, str(NOMBRES[clase])) for clase in get_args(ClaseTraida)]
