"""Row locks of rates: the published versions of an operator by number, then the one that is worked on."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from envios.tarifas.modelos import Tarifario


def tarifarios_bloqueados(sesion: Session, operador_unidad_id: UUID) -> Sequence[Tarifario]:
    """All the versions of an operator as they are now, oldest first: who publishes does it alone."""
    consulta = (
        select(Tarifario)
        .where(col(Tarifario.operador_unidad_id) == operador_unidad_id)
        .order_by(col(Tarifario.numero))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return sesion.exec(consulta).all()


def tarifario_bloqueado(sesion: Session, tarifario_id: UUID) -> Tarifario:
    """One that exists (nothing deletes them)."""
    return sesion.get_one(
        Tarifario, tarifario_id, with_for_update={"key_share": True}, populate_existing=True
    )
