"""Reads of what was asked of an order."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.acuerdos.estados import EstadoAcuerdo
from comercio.acuerdos.modelos import Acuerdo


def acuerdos_de(sesion: Session, pedido_id: UUID) -> Sequence[Acuerdo]:
    """All that was asked, the last thing first."""
    return sesion.exec(
        select(Acuerdo).where(col(Acuerdo.pedido_id) == pedido_id).order_by(col(Acuerdo.id).desc())
    ).all()


def propuesto_de(sesion: Session, pedido_id: UUID) -> Acuerdo | None:
    """What waits for an answer."""
    consulta = select(Acuerdo).where(
        col(Acuerdo.pedido_id) == pedido_id, col(Acuerdo.estado) == EstadoAcuerdo.PROPUESTO
    )
    return sesion.exec(consulta.execution_options(populate_existing=True)).one_or_none()
