"""The payment of an entity's order once it was received conform: here, or outside with its C-31."""

from uuid import UUID

from sqlmodel import Session

from comercio.custodia import PagoFuera
from nucleo.actor import Actor


def pagar(sesion: Session, actor: Actor, pedido_id: UUID) -> None:
    """Pay now from the entity's account what is due (the sweep does it by itself on its date, and tries again
    while there is no money): the commitment is executed and who sells is paid, linked. Also what the entity
    owes already of it.

    Who asks has `PAGAR` of the entity up to that (`FaltanFirmas` of a joint mandate). Raises
    `PedidoNoEncontrado`, `TransicionInvalida` (not received conform, or paid), `FondosInsuficientes`.
    """
    raise NotImplementedError


def anotar_pago_fuera(sesion: Session, actor: Actor, pedido_id: UUID, pago: PagoFuera) -> None:
    """The treasury paid it: the commitment is executed with the number and the day of the C-31, and who sells
    has a term to say that it did not come. No commission is taken of it.

    Who asks has `PAGAR` of the entity up to that (`FaltanFirmas` of a joint mandate). Raises
    `PedidoNoEncontrado`, `TransicionInvalida`, `DatosInvalidos`.
    """
    raise NotImplementedError


def responder_pago_fuera(sesion: Session, actor: Actor, pedido_id: UUID, *, llego: bool) -> None:
    """Who sells says that what the treasury paid came, or that it did not: then the entity owes it again.

    Raises `PedidoNoEncontrado`, `SinFacultad`, `TransicionInvalida`.
    """
    raise NotImplementedError
