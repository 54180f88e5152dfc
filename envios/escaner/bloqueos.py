"""Row locks of readings: after the items', in order of id."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, or_, select

from envios.escaner.estados import EstadoEscaneo
from envios.escaner.modelos import FilaDeEscaneo


def bloquear_escaneos(
    sesion: Session, ids: Collection[UUID], *, eventos: Collection[UUID] = ()
) -> dict[UUID, FilaDeEscaneo]:
    """These readings, and those that stand on these events, freshly read."""
    consulta = (
        select(FilaDeEscaneo)
        .where(or_(col(FilaDeEscaneo.id).in_(ids), col(FilaDeEscaneo.evento_id).in_(eventos)))
        .order_by(col(FilaDeEscaneo.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {fila.id: fila for fila in sesion.exec(consulta)}


def bloquear_rechazados(sesion: Session, *, hasta: datetime, cuantos: int) -> Sequence[FilaDeEscaneo]:
    """Refused readings received until then that nobody is looking at now."""
    consulta = (
        select(FilaDeEscaneo)
        .where(col(FilaDeEscaneo.estado) == EstadoEscaneo.RECHAZADO, col(FilaDeEscaneo.recibido_en) <= hasta)
        .order_by(col(FilaDeEscaneo.id))
        .limit(cuantos)
        .with_for_update(skip_locked=True)
    )
    return sesion.exec(consulta).all()
