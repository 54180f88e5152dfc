"""What is contracted, in four kinds: the same words for a plan and a process."""

from typing import Literal

from nucleo.textos import perezoso as _l

Categoria = Literal["bienes", "servicios", "obras", "consultoria"]
CATEGORIAS = {
    "bienes": _l("Bienes"),
    "servicios": _l("Servicios"),
    "obras": _l("Obras"),
    "consultoria": _l("Consultoría"),
}


def opciones_de_categoria() -> list[tuple[str, str]]:
    return [(codigo, str(nombre)) for codigo, nombre in CATEGORIAS.items()]
