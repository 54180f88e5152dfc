"""What the floors above do with offers that are held: each registers its part, the pages here draw them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from comercio.sostenidas.consultas import OfertaLeida
from comercio.sostenidas.estados import EstadoOferta
from comercio.sostenidas.modelos import OfertaSostenida


@dataclass(frozen=True, slots=True)
class UsoDeOferta:
    """What may be done with one and where or, without `url`, why nothing may. `ocupada`: somebody counts on
    it, so that it is not let go meanwhile."""

    texto: str
    url: str = ""
    ocupada: bool = False


Parte = Callable[[Session, Sequence[OfertaLeida]], Mapping[UUID, UsoDeOferta]]

_partes: dict[str, Parte] = {}


def usa_ofertas(nombre: str) -> Callable[[Parte], Parte]:
    """Register what a floor above says of each offer that is held."""

    def registrar(parte: Parte) -> Parte:
        assert nombre not in _partes, nombre
        _partes[nombre] = parte
        return parte

    return registrar


def usos_de(sesion: Session, ofertas: Iterable[OfertaSostenida]) -> dict[UUID, UsoDeOferta]:
    """Of those that are held, what is said of each."""
    vivas = [OfertaLeida.de(o) for o in ofertas if o.estado == EstadoOferta.SOSTENIDA]
    usos: dict[UUID, UsoDeOferta] = {}
    if vivas:
        for nombre in sorted(_partes):
            usos |= _partes[nombre](sesion, vivas)
    return usos
