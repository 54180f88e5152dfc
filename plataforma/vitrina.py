"""What the home page and the search show of each room, in the shape that the cards of the pages take."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any

from moneyed import Money
from sqlmodel import Session


def _de(modulo: str, nombre: str) -> Callable[..., Any] | None:
    try:
        return getattr(import_module(modulo), nombre, None)
    except ModuleNotFoundError:
        return None


@dataclass(frozen=True, slots=True)
class TarjetaConvocatoria:
    url: str
    titulo: str
    entidad: str
    cierra_en: datetime | None
    lugar: str
    monto: Money | None
    estado: str
    tono: str


@dataclass(frozen=True, slots=True)
class TarjetaUnidad:
    url: str
    nombre: str
    tipo: str
    lugar: str
    actividad: str
    numero: str


@dataclass(frozen=True, slots=True)
class Hallado:
    """What a search found in each room. `entendido`: the words searched when they are not the ones typed."""

    productos: Sequence[Any] = field(default_factory=list)
    convocatorias: Sequence[TarjetaConvocatoria] = field(default_factory=list)
    unidades: Sequence[TarjetaUnidad] = field(default_factory=list)
    entendido: str | None = None

    def __bool__(self) -> bool:
        return bool(self.productos or self.convocatorias or self.unidades)


def productos(sesion: Session, limite: int) -> Sequence[Any]:
    """The newest products on sale."""
    buscar_productos = _de("comercio", "buscar_productos")
    return buscar_productos(sesion, "").productos[:limite] if buscar_productos else []


def convocatorias_por_cerrar(sesion: Session, limite: int) -> list[TarjetaConvocatoria]:
    """Needs of the State that still take bids, the ones that close first."""
    return []


def unidades(sesion: Session, limite: int) -> list[TarjetaUnidad]:
    """Some registered units."""
    return []


def cifras(sesion: Session) -> list[tuple[str, int, str]]:
    """Live figures of the place: label, value, where to see them."""
    return []


def buscar(sesion: Session, consulta: str) -> Hallado:
    """Search every room for the same words."""
    buscar_productos = _de("comercio", "buscar_productos")
    if buscar_productos is None:
        return Hallado()
    resultado = buscar_productos(sesion, consulta)
    return Hallado(productos=resultado.productos[:10], entendido=resultado.entendido)
