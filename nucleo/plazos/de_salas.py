"""The terms that a room keeps in a table of its own: it registers how they are read, to be listed and counted
too.
"""

from collections.abc import Callable, Iterable
from datetime import date

from sqlmodel import Session

from nucleo.plazos.valores import Plazo

Fuente = Callable[[Session, date], Iterable[Plazo]]

_fuentes: dict[str, Fuente] = {}


def ofrece_plazos(nombre: str) -> Callable[[Fuente], Fuente]:
    """Register a reader of the terms in force on a day; their codes are of no other."""

    def registrar(fuente: Fuente) -> Fuente:
        assert nombre not in _fuentes, nombre
        _fuentes[nombre] = fuente
        return fuente

    return registrar


def plazos_de_salas(sesion: Session, dia: date) -> list[Plazo]:
    """Those of every room, lowest first."""
    return [plazo for fuente in _fuentes.values() for plazo in fuente(sesion, dia)]
