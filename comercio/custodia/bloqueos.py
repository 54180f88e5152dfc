"""The lock of the money of an order: after the order's row, before the ledger's accounts."""

from uuid import UUID

from sqlmodel import Session

from comercio.custodia.modelos import Compromiso, Custodia


def bloquear_custodia(sesion: Session, pedido_id: UUID) -> Custodia:
    return sesion.get_one(Custodia, pedido_id, with_for_update={"key_share": True}, populate_existing=True)


def bloquear_compromiso(sesion: Session, pedido_id: UUID) -> Compromiso:
    """After its custody."""
    return sesion.get_one(Compromiso, pedido_id, with_for_update={"key_share": True}, populate_existing=True)
