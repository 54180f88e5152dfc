"""Locks of debts. Who opens or cancels one has locked its item; payments lock debts in the order of their
ids, then who pays into the custody of an order, one at a time, and the ledger's accounts come last."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, select

from envios.deudas.errores import DeudaInexistente
from envios.deudas.estados import ClaseDeDeuda, EstadoDeuda
from envios.deudas.modelos import Cobro, Deuda
from nucleo.bloqueos import cerrojo


def deudas_bloqueadas(sesion: Session, ids: Collection[UUID]) -> list[Deuda]:
    """Those that exist of these, locked and freshly read, in the order of their ids, and the custodies that
    may wait for them."""
    consulta = (
        select(Deuda)
        .where(col(Deuda.id).in_(ids))
        .order_by(col(Deuda.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    halladas = list(sesion.exec(consulta))
    _custodias_de_uno(sesion, [d.envio_id for d in halladas if d.clase == ClaseDeDeuda.CONTRA_ENTREGA])
    return halladas


def bloquear_cobros(sesion: Session, envios: Collection[UUID]) -> dict[UUID, Deuda]:
    """By item, the cash on delivery that was not cancelled: one each at most; and the custodies that wait for
    what is collected of any of them."""
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
    halladas = {d.envio_id: d for d in sesion.exec(consulta)}
    _custodias_de_uno(sesion, envios)
    return halladas


def _custodias_de_uno(sesion: Session, envios: Collection[UUID]) -> None:
    """Whether the custody of an order still waits is decided one at a time: two items of one order may have
    been handed over."""
    if not envios:
        return
    consulta = select(Cobro.cuenta).where(col(Cobro.envio_id).in_(envios)).distinct()
    for cuenta in sesion.exec(consulta.order_by(col(Cobro.cuenta))):
        cerrojo(sesion, f"envios_cobro {cuenta}")


def deuda_bloqueada(sesion: Session, deuda_id: UUID) -> Deuda:
    """Raises `DeudaInexistente`."""
    halladas = deudas_bloqueadas(sesion, [deuda_id])
    if not halladas:
        raise DeudaInexistente()
    return halladas[0]
