"""What a unit still owes or is owed: each room registers its part; a unit does not close while any is left.

`nucleo` holds the list, the registry asks it when a unit is to be closed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from moneyed import Money
from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class Obligacion:
    """Something that lives: what to do about it and where, how many there are, the money in it."""

    texto: str
    url: str
    cuantas: int
    monto: Money | None = None


Parte = Callable[[Session, UUID], Sequence[Obligacion]]

_partes: dict[str, Parte] = {}


def obligacion(nombre: str) -> Callable[[Parte], Parte]:
    """Register what a room knows of a unit; nothing when nothing of it lives."""

    def registrar(parte: Parte) -> Parte:
        assert nombre not in _partes, nombre
        _partes[nombre] = parte
        return parte

    return registrar


def obligaciones_de(sesion: Session, unidad_id: UUID) -> list[Obligacion]:
    """Everything that lives of a unit, in the order of the names of the parts."""
    return [o for nombre in sorted(_partes) for o in _partes[nombre](sesion, unidad_id)]


def registradas() -> frozenset[str]:
    return frozenset(_partes)
