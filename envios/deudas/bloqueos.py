"""Locks of debts. Who opens or cancels one has locked its item; payments lock debts in the order of their
ids, and the ledger's accounts come last."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, select

from envios.deudas.errores import DeudaInexistente
from envios.deudas.estados import ClaseDeDeuda, EstadoDeuda
from envios.deudas.modelos import Deuda


def deudas_bloqueadas(sesion: Session, ids: Collection[UUID]) -> list[Deuda]:
    """Those that exist of these, locked and freshly read, in the order of their ids."""
    consulta = (
        select(Deuda)
        .where(col(Deuda.id).in_(ids))
        .order_by(col(Deuda.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return list(sesion.exec(consulta))


def bloquear_cobros(sesion: Session, envios: Collection[UUID]) -> dict[UUID, Deuda]:
    """By item, the cash on delivery that was not cancelled: one each at most."""
    if not envios:
        return {}
    consulta = (
        select(Deuda)
        .where(
            col(Deuda.envio_id).in_(envios),
            col(Deuda.clase) == ClaseDeDeuda.CONTRA_ENTREGA,
            col(Deuda.estado) != EstadoDeuda.CANCELADA,
        )
        .order_by(col(Deuda.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {d.envio_id: d for d in sesion.exec(consulta)}


def deuda_bloqueada(sesion: Session, deuda_id: UUID) -> Deuda:
    """Raises `DeudaInexistente`."""
    halladas = deudas_bloqueadas(sesion, [deuda_id])
    if not halladas:
        raise DeudaInexistente()
    return halladas[0]
