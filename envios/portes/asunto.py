"""The escrow of a postage: the ledger's account of its id."""

from collections.abc import Collection
from uuid import UUID, uuid5

from sqlmodel import Session, col, or_, select

from envios.portes.estados import EstadoExcedente, EstadoPorte
from envios.portes.modelos import Excedente, Porte
from nucleo.actor import Actor, Autorizacion
from nucleo.textos import perezoso as _l
from pagos import clase_de_asunto

CLASE = "porte"
SISTEMA = Autorizacion.propia(Actor.sistema("franqueo de envíos"))


@clase_de_asunto(CLASE, _l("Franqueo en custodia"))
def vivos(sesion: Session, ids: Collection[UUID]) -> Collection[UUID]:
    """Money is held, or who pays has not said whether there is more."""
    return sesion.exec(
        select(Porte.id)
        .outerjoin(Excedente, col(Excedente.porte_id) == col(Porte.id))
        .where(
            col(Porte.id).in_(ids),
            or_(
                col(Porte.estado) == EstadoPorte.RETENIDO,
                col(Excedente.estado) == EstadoExcedente.POR_CONSENTIR,
            ),
        )
    ).all()


def id_de(porte_id: UUID, movimiento: str) -> UUID:
    """The ledger's id of a movement of a postage: each is made once, whoever asks and how often."""
    return uuid5(porte_id, f"porte.{movimiento}")
