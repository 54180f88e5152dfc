"""Locks of the bank's files: one at a time is received; a movement, while somebody decides about it; and the
withdrawals that a file names, by id."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import Session, col, select

from nucleo.bloqueos import cerrojo
from pagos.banco.modelos import MovimientoDeBanco
from pagos.retiros.modelos import Retiro


def un_archivo_a_la_vez(sesion: Session) -> None:
    """Two files that overlap would each take the same entries for new."""
    cerrojo(sesion, "pagos_banco_archivo")


def movimiento_bloqueado(sesion: Session, movimiento_id: UUID) -> MovimientoDeBanco | None:
    return sesion.get(MovimientoDeBanco, movimiento_id, with_for_update=True, populate_existing=True)


def retiro_bloqueado(sesion: Session, retiro_id: UUID) -> Retiro | None:
    return sesion.get(Retiro, retiro_id, with_for_update=True, populate_existing=True)


def retiros_nombrados(
    sesion: Session, extremos: Collection[str], lotes: Collection[UUID]
) -> Sequence[Retiro]:
    """The withdrawals of these end-to-end ids or batches, as they are now."""
    consulta = (
        select(Retiro)
        .where(or_(col(Retiro.extremo).in_(extremos), col(Retiro.lote_id).in_(lotes)))
        .order_by(col(Retiro.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return sesion.exec(consulta).all()
