"""What went wrong with an order by its seller, written where it happens."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from comercio.reputacion.clases import Falta
from comercio.reputacion.modelos import FaltaDePedido


def anotar_falta(sesion: Session, pedido_id: UUID, falta: Falta) -> None:
    """Once of each kind for an order, which the caller has locked."""
    nueva = insert(FaltaDePedido).values(pedido_id=pedido_id, falta=falta.value)
    sesion.connection().execute(nueva.on_conflict_do_nothing())
