"""The escrow of an order: the ledger's account whose matter is the order."""

from collections.abc import Collection
from uuid import UUID, uuid5

from sqlmodel import Session, col, select

from comercio.custodia.compromiso import Garantia
from comercio.custodia.estados import VIVA
from comercio.custodia.modelos import Custodia
from nucleo.actor import Actor, Autorizacion
from nucleo.textos import perezoso as _l
from pagos import clase_de_asunto
from pagos.presupuesto import CLASE_COMPROMISO

CLASE = "pedido"
SISTEMA = Autorizacion.propia(Actor.sistema("custodia de pedidos"))


@clase_de_asunto(CLASE, _l("Pedido en custodia"))
def vivos(sesion: Session, ids: Collection[UUID]) -> Collection[UUID]:
    return sesion.exec(
        select(Custodia.pedido_id).where(col(Custodia.pedido_id).in_(ids), col(Custodia.estado).in_(VIVA))
    ).all()


@clase_de_asunto(CLASE_COMPROMISO, _l("Presupuesto comprometido en un pedido"))
def comprometidos(sesion: Session, ids: Collection[UUID]) -> Collection[UUID]:
    consulta = select(Custodia.pedido_id).where(
        col(Custodia.pedido_id).in_(ids),
        col(Custodia.estado).in_(VIVA),
        col(Custodia.garantia) == Garantia.COMPROMISO,
    )
    return sesion.exec(consulta).all()


def id_de(pedido_id: UUID, movimiento: str) -> UUID:
    """The ledger's id of a movement of an order: each is made once, whoever asks and how often."""
    return uuid5(pedido_id, f"custodia.{movimiento}")
