"""The datasets that are published, which each room registers."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlmodel import Session

_ID = re.compile(r"[a-z]+(-[a-z]+)*")


class Frecuencia(Enum):
    """How often a dataset may change, by its code in the vocabulary of the European Union."""

    HORARIA = "HOURLY"
    DIARIA = "DAILY"


@dataclass(frozen=True, slots=True)
class Archivo:
    """A file that anybody takes. `ruta`: its address here, without the first bar. `tipo`: what it is once it
    is opened, as IANA registered it, or else the address of what defines it; `comprimido`: what it comes in,
    if anything."""

    ruta: str
    titulo: str
    tipo: str
    bytes: int
    sha256: str
    comprimido: str | None = None

    @property
    def nombre(self) -> str:
        return self.ruta.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Edicion:
    """What was published of a dataset for a span of time: its files, made at one instant. `hoja`: the hash of
    the leaf that tells it in the public log."""

    id: str
    titulo: str
    desde: date
    hasta: date
    hecha_en: datetime
    archivos: tuple[Archivo, ...]
    hoja: bytes


@dataclass(frozen=True, slots=True)
class TablaAbierta:
    """A table of figures: what each column holds, by its name, and the rows, each with a value a column.

    `filas` reads as it goes, in an order of its own that does not change. `fechas`: the column that says of
    when each row is (ISO), for the span of the whole; none, and the table is of the day it is made.
    """

    columnas: Mapping[str, str]
    filas: Callable[[Session], Iterator[Sequence[Any]]]
    fechas: str | None = None


@dataclass(frozen=True, slots=True)
class Servicio:
    """An address where a program asks for a dataset a part at a time. `ruta`: without the first bar. Texts
    are lazy."""

    ruta: str
    titulo: str
    descripcion: str


@dataclass(frozen=True, slots=True, eq=False)
class Conjunto:
    """A dataset: `tabla`, which is written and kept for it, or `ediciones`, the newest first, whose files its
    room keeps. `pagina`: where a person sees the same here. `minimo`: no figure is of fewer. `servicios`:
    where programs ask for it. Texts are lazy.
    """

    id: str
    titulo: str
    descripcion: str
    pagina: str
    frecuencia: Frecuencia
    palabras: Sequence[str]
    tabla: TablaAbierta | None = None
    ediciones: Callable[[Session], list[Edicion]] | None = None
    minimo: int | None = None
    servicios: tuple[Servicio, ...] = ()

    def __post_init__(self) -> None:
        assert _ID.fullmatch(self.id), self.id
        assert (self.tabla is None) != (self.ediciones is None), self.id
        assert self.tabla is None or self.tabla.fechas in (None, *self.tabla.columnas), self.id


_conjuntos: dict[str, Conjunto] = {}


def registrar(conjunto: Conjunto) -> None:
    assert conjunto.id not in _conjuntos, conjunto.id
    _conjuntos[conjunto.id] = conjunto


def conjuntos() -> Mapping[str, Conjunto]:
    """Those registered, by id, of the highest room first: what most people look for."""
    return dict(reversed(_conjuntos.items()))
