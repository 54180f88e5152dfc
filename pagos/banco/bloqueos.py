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
    consulta = select(MovimientoDeBanco).where(MovimientoDeBanco.id == movimiento_id).with_for_update()
    return sesion.exec(consulta.execution_options(populate_existing=True)).one_or_none()


def retiro_bloqueado(sesion: Session, retiro_id: UUID) -> Retiro | None:
    consulta = select(Retiro).where(Retiro.id == retiro_id).with_for_update()
    return sesion.exec(consulta.execution_options(populate_existing=True)).one_or_none()


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
