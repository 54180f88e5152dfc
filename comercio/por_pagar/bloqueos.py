"""Row locks of purchases that wait for their money: after the person's cart, before their orders (in id
order), their money, products and the payment by card."""

from uuid import UUID

from sqlmodel import Session, col, select

from comercio.compra.modelos import Pedido
from comercio.por_pagar.errores import CompraPorPagarNoEncontrada
from comercio.por_pagar.modelos import PorPagar


def bloquear_por_pagar(sesion: Session, compra_id: UUID) -> PorPagar:
    """As it is now. Raises `CompraPorPagarNoEncontrada`."""
    fila = sesion.get(PorPagar, compra_id, with_for_update={"key_share": True}, populate_existing=True)
    if fila is None:
        raise CompraPorPagarNoEncontrada()
    return fila


def bloquear_sus_pedidos(sesion: Session, compra_id: UUID) -> list[Pedido]:
    consulta = select(Pedido).where(col(Pedido.compra_id) == compra_id).order_by(col(Pedido.id))
    consulta = consulta.with_for_update(key_share=True)
    return list(sesion.exec(consulta.execution_options(populate_existing=True)))
