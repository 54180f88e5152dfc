"""A public entity orders of the catalogue: its order holds a commitment of its budget instead of money."""

from sqlmodel import Session

from comercio.compra.modelos import Compra
from comercio.comprometidos.valores import OrdenDeEntidad
from nucleo.actor import Actor


def ordenar(sesion: Session, actor: Actor, orden: OrdenDeEntidad) -> Compra:
    """All or nothing: reserves the stock (or takes over what is held), freezes what is sold and commits the
    budget, an order for each seller. Everything else of an order is as of any other.

    Who asks has `COMPRAR` of the entity up to the total (a joint mandate raises `FaltanFirmas`). Raises
    `SoloEntidades`, `SinFacultad`, `MontoExcedido`, what `comprar` does of stock, prices and delivery,
    `OfertaNoEncontrada`, `OfertaTerminada`, and `FondosInsuficientes` when the certificate does not have
    as much.
    """
    raise NotImplementedError
