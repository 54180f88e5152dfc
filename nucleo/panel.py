"""What comes next for a person: each room registers its lines, the composition root puts them in order.

A part answers for every unit at once, so that a visit costs the same few queries for one unit or for twenty.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import Session

from nucleo.actor import Actor

MAXIMO_CONTADO = 100  # what a line counts stops here


@dataclass(frozen=True, slots=True)
class Accion:
    """A line of the panel. `cuenta` is how many there are, None where there is nothing to count; `urge` when
    they wait for this person; `hasta`, when the term of the first of them ends.
    """

    url: str
    titulo: str
    texto: str
    icono: str
    cuenta: int | None = None
    urge: bool = False
    hasta: datetime | None = None


@dataclass(frozen=True, slots=True)
class Espera:
    """How many things wait for somebody, when the term of the first of them ends, and which that is."""

    cuantas: int
    hasta: datetime | None = None
    primera: UUID | None = None

    def url(self, una: str, varias: str) -> str:
        """Where they are attended: the page of the only one (`/cosas/{}`), or the list."""
        return una.format(self.primera) if self.cuantas == 1 and self.primera else varias


@dataclass(frozen=True, slots=True)
class Representada:
    """A unit that the person acts for: what it is, what they may do for it, what it is qualified for."""

    id: UUID
    numero: str
    nombre: str
    detalle: str
    tipo: str
    produce: bool  # goods or services, as an entity of the State or a postal operator does not
    facultades: frozenset[str]
    habilitaciones: frozenset[str]


def la_primera(id_: Any, termino: Any) -> ColumnElement[UUID]:
    """Of the rows of a group, the id of the one whose term ends first."""
    primera: ColumnElement[UUID] = func.array_agg(aggregate_order_by(id_, termino, id_))[1]
    return primera


Quienes = Callable[[Session, Actor], Sequence[Representada]]
DePersona = Callable[[Session, Actor], Sequence[Accion]]
DeUnidades = Callable[[Session, Actor, Sequence[Representada]], Mapping[UUID, Sequence[Accion]]]
_Parte = TypeVar("_Parte")

_quienes: list[Quienes] = []
_de_persona: dict[str, DePersona] = {}
_de_unidades: dict[str, DeUnidades] = {}


def de_persona(nombre: str) -> Callable[[DePersona], DePersona]:
    """Register lines of the person's own."""
    return lambda parte: _registrar(_de_persona, nombre, parte)


def de_unidades(nombre: str) -> Callable[[DeUnidades], DeUnidades]:
    """Register lines of the units that the person acts for; it is asked only when there is one."""
    return lambda parte: _registrar(_de_unidades, nombre, parte)


def representa(parte: Quienes) -> Quienes:
    """Register who knows for which units a person acts (one room does)."""
    assert not _quienes, "ya hay quien lo sabe"
    _quienes.append(parte)
    return parte


def representadas(sesion: Session, actor: Actor) -> Sequence[Representada]:
    return _quienes[0](sesion, actor)


def lineas_de_persona(sesion: Session, actor: Actor, nombres: Sequence[str]) -> list[Accion]:
    """The lines of these parts, in this order."""
    return [linea for nombre in nombres for linea in _de_persona[nombre](sesion, actor)]


def lineas_de_unidades(
    sesion: Session, actor: Actor, unidades: Sequence[Representada], nombres: Sequence[str]
) -> dict[UUID, list[Accion]]:
    """The lines of these parts for each unit, in this order."""
    reunidas: dict[UUID, list[Accion]] = {u.id: [] for u in unidades}
    for nombre in nombres if unidades else ():
        for unidad_id, lineas in _de_unidades[nombre](sesion, actor, unidades).items():
            reunidas[unidad_id] += lineas
    return reunidas


def partes() -> tuple[set[str], set[str]]:
    """The names registered: of the person, of units."""
    return set(_de_persona), set(_de_unidades)


def _registrar(partes: dict[str, _Parte], nombre: str, parte: _Parte) -> _Parte:
    assert nombre not in partes, nombre
    partes[nombre] = parte
    return parte
