"""What each kind of leaf is called, said by the room that notes it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tipo:
    titulo: str
    enlace: str


_tipos: dict[str, Tipo] = {}


def registrar_tipo(tipo: str, titulo: str, enlace: str) -> None:
    """`titulo`: its name for people (lazy). `enlace`: the page about it, with `{objeto}` in its place."""
    _tipos[tipo] = Tipo(titulo, enlace)


def titulo_de_tipo(tipo: str) -> str:
    """Its name for people; the bare type where no room said one."""
    return _tipos[tipo].titulo if tipo in _tipos else tipo


def enlace_de(tipo: str, objeto: str) -> str | None:
    return _tipos[tipo].enlace.format(objeto=objeto) if tipo in _tipos else None
