"""How to reach who receives an order, as its reader may see it: who sells needs it to deliver and to answer a
claim, and no longer.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.compra.estados import VIDA_PEDIDO
from comercio.compra.modelos import Compra, PedidoPaso
from nucleo.plazos import NACIONAL, correr
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


def vencio_el_contacto(sesion: Session, termino_en: datetime | None) -> bool:
    """Whether an order ended, and long enough ago that nobody claims of it."""
    if termino_en is None:
        return False
    vence_en = correr(sesion, CONTACTO, termino_en, [NACIONAL]).vence_en
    assert vence_en is not None
    return vence_en < ahora_bd(sesion)


def sin_contacto(sesion: Session, pedidos: Collection[UUID]) -> set[UUID]:
    """Those of these orders whose contact is not told any more to who sells."""
    consulta = select(PedidoPaso.pedido_id, PedidoPaso.ocurrio_en).where(
        col(PedidoPaso.pedido_id).in_(pedidos), col(PedidoPaso.estado).in_(VIDA_PEDIDO.fines)
    )
    return {id for id, en in sesion.exec(consulta) if vencio_el_contacto(sesion, en)}
