"""Row locks of thresholds, in the order of their variants."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.existencias.modelos import UmbralDeExistencia


def bloquear_umbrales(sesion: Session, variantes: Collection[UUID]) -> dict[UUID, UmbralDeExistencia]:
    """Those that there are, by variant, locked and fresh."""
    consulta = select(UmbralDeExistencia).where(col(UmbralDeExistencia.variante_id).in_(list(variantes)))
    orden = consulta.order_by(col(UmbralDeExistencia.variante_id)).with_for_update()
    return {u.variante_id: u for u in sesion.exec(orden.execution_options(populate_existing=True))}
