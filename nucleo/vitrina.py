"""What the home page and the search over the whole place show of each room, which registers its section."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from nucleo.plantillas import filtro_numero
from nucleo.textos import gettext as _

MAXIMO_CONTADO = 10_000
Cifra = tuple[str, int | str, str]  # label, value, where to see more


@dataclass(frozen=True, slots=True)
class Seccion:
    """What a room shows: its cards, as their macro takes them, and its figures. `entendido`: the words that
    were searched when they are not the ones typed."""

    tarjetas: Sequence[Any]
    cifras: Sequence[Cifra] = ()
    entendido: str | None = None


@dataclass(frozen=True, slots=True)
class Escaparate:
    """A room's two answers: for the home page, and for the words that somebody searches."""

    portada: Callable[[Session], Seccion]
    buscar: Callable[[Session, str], Seccion]


_escaparates: dict[str, Escaparate] = {}


def registrar(nombre: str, escaparate: Escaparate) -> None:
    assert nombre not in _escaparates, nombre
    _escaparates[nombre] = escaparate


def escaparates() -> dict[str, Escaparate]:
    """Those registered, by name, lowest room first."""
    return dict(_escaparates)


def hasta(cantidad: int, *, hay_mas: bool) -> int | str:
    """A count that stopped counting says so."""
    return _("más de %(cantidad)s") % {"cantidad": filtro_numero(cantidad)} if hay_mas else cantidad
