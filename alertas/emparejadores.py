"""What one may be told of: each room registers how its searches and its objects are matched.

Both sides become terms, as a percolator has it: a search asks for some, all of which an object must have, and
perhaps for a number within bounds (a price). So that a new object is compared only with the searches that
could be its own, each hangs on one of its terms, the most telling one.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel
from sqlmodel import Session

from nucleo.errores import NoEncontrado
from nucleo.textos import gettext as _

TODO = "*"
"""The term that every object has: that of a search which asks for nothing else."""
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Busqueda:
    """What a search asks for: terms, the most telling first, and bounds of the object's number."""

    terminos: Sequence[str]
    desde: int | None = None
    hasta: int | None = None


@dataclass(frozen=True, slots=True)
class Objeto:
    """What an object has; `valor` is the number that bounds are about (centavos, for a price)."""

    terminos: Sequence[str]
    valor: int | None = None


@dataclass(frozen=True, slots=True)
class Hallazgo:
    """An object as it is told: `enlace` is a path of this platform. `hecho`, what is told of it when that is
    not all that its page says: of the same, whoever has several alerts is told once a day."""

    titulo: str
    detalle: str
    enlace: str
    hecho: str = ""

    @property
    def dicho(self) -> str:
        return f"{self.enlace} {self.hecho}".strip()


@dataclass(frozen=True, slots=True)
class Emparejador(Generic[M]):
    """A kind of alert, registered by the room that has the objects.

    `busqueda` turns criteria into terms, `en_palabras` and `volver` into words and into the address of the
    list; `mostrar` gives those of some objects that anybody may see now, in one query. `proponer`, if it has
    one, says which search fits what each of some units does.
    """

    codigo: str
    nombre: str
    esquema: type[M]
    busqueda: Callable[[Session, M], Busqueda]
    en_palabras: Callable[[Session, M], str]
    volver: Callable[[M], str]
    mostrar: Callable[[Session, Sequence[UUID]], Mapping[UUID, Hallazgo]]
    proponer: Callable[[Session, Collection[UUID]], Mapping[UUID, M]] | None = None


_emparejadores: dict[str, Emparejador[Any]] = {}


def registrar_emparejador(emparejador: Emparejador[Any]) -> None:
    """Its code is stored with each alert and never changes."""
    assert emparejador.codigo not in _emparejadores, emparejador.codigo
    _emparejadores[emparejador.codigo] = emparejador


def emparejador_de(codigo: str) -> Emparejador[Any]:
    """Raises `NoEncontrado`."""
    try:
        return _emparejadores[codigo]
    except KeyError:
        raise NoEncontrado(_("No hay alertas de esa clase.")) from None


def emparejadores() -> Mapping[str, Emparejador[Any]]:
    return _emparejadores
