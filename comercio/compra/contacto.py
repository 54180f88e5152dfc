"""How to reach who receives an order, as its reader may see it: who sells needs it to deliver and to answer a
claim, and no longer.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from comercio.compra.estados import VIDA_PEDIDO
from comercio.compra.modelos import Compra, Pedido, PedidoPaso
from nucleo.plazos import vence
from nucleo.reloj import ahora_bd

CONTACTO = "comercio.contacto"


@dataclass(frozen=True, slots=True)
class Contacto:
    """`vencido`: its telephone and how to get there are not told any more."""

    destinatario: str
    telefono: str | None
    municipio_ine: str | None
    lugar: str | None
    referencia: str | None
    vencido: bool


def contacto_de(compra: Compra, *, vencido: bool) -> Contacto:
    """Of who receives what a purchase bought; without what is not told any more."""
    return Contacto(
        destinatario=compra.destinatario,
        telefono=None if vencido else compra.telefono,
        municipio_ine=compra.municipio_ine,
        lugar=compra.lugar,
        referencia=None if vencido else compra.referencia,
        vencido=vencido,
    )


def vencio_el_contacto(sesion: Session, pedido: Pedido, pasos: Sequence[PedidoPaso]) -> bool:
    """Whether an order ended, and long enough ago that nobody claims of it; `pasos`, all of its own. What was
    paid late goes on after an end."""
    if pedido.estado not in VIDA_PEDIDO.fines:
        return False
    termino_en = max((p.ocurrio_en for p in pasos if p.estado == pedido.estado), default=None)
    return termino_en is not None and vence(sesion, CONTACTO, termino_en) < ahora_bd(sesion)


def sin_contacto(sesion: Session, pedidos: Collection[UUID]) -> set[UUID]:
    """Those of these orders whose contact is not told any more to who sells."""
    consulta = (
        select(PedidoPaso.pedido_id, func.max(col(PedidoPaso.ocurrio_en)))
        .join(Pedido, col(Pedido.id) == col(PedidoPaso.pedido_id))
        .where(
            col(PedidoPaso.pedido_id).in_(pedidos),
            col(PedidoPaso.estado) == col(Pedido.estado),
            col(Pedido.estado).in_(VIDA_PEDIDO.fines),
        )
        .group_by(col(PedidoPaso.pedido_id))
    )
    terminados = sesion.exec(consulta).all()
    if not terminados:
        return set()
    ahora = ahora_bd(sesion)
    return {id for id, en in terminados if vence(sesion, CONTACTO, en) < ahora}
