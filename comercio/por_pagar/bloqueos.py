"""Row locks of purchases that wait for their money: after the person's cart, before their orders (in id
order), their money, products and the payment by card."""

from uuid import UUID

from sqlmodel import Session

from comercio.pedidos import bloquear_sus_pedidos
from comercio.por_pagar.errores import CompraPorPagarNoEncontrada
from comercio.por_pagar.modelos import PorPagar

__all__ = ["bloquear_por_pagar", "bloquear_sus_pedidos"]


def bloquear_por_pagar(sesion: Session, compra_id: UUID) -> PorPagar:
    """As it is now. Raises `CompraPorPagarNoEncontrada`."""
    fila = sesion.get(PorPagar, compra_id, with_for_update={"key_share": True}, populate_existing=True)
    if fila is None:
        raise CompraPorPagarNoEncontrada()
    return fila
