"""What the floors above add to the pages of an order: each registers its part; this one draws them."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from comercio.compra.modelos import Pedido


@dataclass(frozen=True, slots=True)
class Salida:
    """Something that one side may do about an order: its words, where, how much it stands out."""

    texto: str
    url: str
    icono: str
    boton: str = "secundario"


Parte = Callable[[Session, Pedido, bool], Salida | None]

_partes: dict[str, Parte] = {}


def salida(nombre: str) -> Callable[[Parte], Parte]:
    """Register what a floor above offers of an order to who sells (True) or bought it; None: nothing."""

    def registrar(parte: Parte) -> Parte:
        assert nombre not in _partes, nombre
        _partes[nombre] = parte
        return parte

    return registrar


def salidas_de(sesion: Session, pedido: Pedido, *, vende: bool) -> list[Salida]:
    """What that side may do about an order: what waits for them first, then by the names of the parts."""
    todas = [s for nombre in sorted(_partes) for s in [_partes[nombre](sesion, pedido, vende)] if s]
    return sorted(todas, key=lambda s: s.boton != "primario")
