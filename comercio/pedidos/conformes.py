"""Who of a buyer says that what came is well: what a floor above asks of it besides the mandate."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from nucleo.actor import Actor, Autorizacion


@dataclass(frozen=True, slots=True)
class Receptor:
    """Of an order that is not its own each does nothing. `exigir` raises unless that person receives it;
    `anotar`: they did."""

    exigir: Callable[[Session, Actor, UUID], None]
    anotar: Callable[[Session, Autorizacion, UUID], None]


_receptores: dict[str, Receptor] = {}


def registrar_receptor(nombre: str, receptor: Receptor) -> None:
    """What a floor above asks and notes of each conformity."""
    assert nombre not in _receptores, nombre
    _receptores[nombre] = receptor


def exigir_que_reciba(sesion: Session, actor: Actor, pedido_id: UUID) -> None:
    """Raises what whoever ordered it for somebody says."""
    for nombre in sorted(_receptores):
        _receptores[nombre].exigir(sesion, actor, pedido_id)


def anotar_conformidad(sesion: Session, autorizacion: Autorizacion, pedido_id: UUID) -> None:
    for nombre in sorted(_receptores):
        _receptores[nombre].anotar(sesion, autorizacion, pedido_id)
