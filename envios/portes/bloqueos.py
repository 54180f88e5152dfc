"""Locks of postage. Who changes one has locked its item first; the ledger's accounts come last."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, select

from envios.portes.estados import EstadoPorte
from envios.portes.modelos import Excedente, Porte


def portes_retenidos(sesion: Session, envios: Collection[UUID]) -> list[Porte]:
    """Those of these items whose money is held, locked and freshly read, in the order of their ids."""
    consulta = (
        select(Porte)
        .where(col(Porte.envio_id).in_(envios), col(Porte.estado) == EstadoPorte.RETENIDO)
        .order_by(col(Porte.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return list(sesion.exec(consulta))


def porte_bloqueado(sesion: Session, envio_id: UUID) -> Porte | None:
    consulta = select(Porte).where(col(Porte.envio_id) == envio_id).with_for_update(key_share=True)
    return sesion.exec(consulta.execution_options(populate_existing=True)).one_or_none()


def excedente_bloqueado(sesion: Session, porte_id: UUID) -> Excedente | None:
    return sesion.get(Excedente, porte_id, populate_existing=True, with_for_update=True)
