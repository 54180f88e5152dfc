"""The account of a purchase that a card or a QR pays: the ledger's account whose matter is the purchase."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.por_pagar.estados import VIVAS
from comercio.por_pagar.modelos import PorPagar
from nucleo.actor import Actor, Autorizacion
from nucleo.textos import perezoso as _l
from pagos import clase_de_asunto

CLASE = "compra"
SISTEMA = Autorizacion.propia(Actor.sistema("compras por pagar"))


@clase_de_asunto(CLASE, _l("Compra en Qhatu"))
def vivas(sesion: Session, ids: Collection[UUID]) -> Collection[UUID]:
    return sesion.exec(
        select(PorPagar.compra_id).where(col(PorPagar.compra_id).in_(ids), col(PorPagar.estado).in_(VIVAS))
    ).all()
