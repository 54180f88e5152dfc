"""Row locks of the registry, all of them here. Order: one unit at a time; several, by id."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, select

from empresa_digital.registro.unidades.errores import UnidadNoEncontrada
from empresa_digital.registro.unidades.modelos import UnidadEconomica
from empresa_digital.registro.unidades.tipos import EstadoUnidad


def bloquear_unidad(sesion: Session, unidad_id: UUID) -> UnidadEconomica:
    """The unit as it is now, locked until the transaction ends. Raises `UnidadNoEncontrada`.

    `FOR NO KEY UPDATE`: rows of other rooms that reference the unit need not wait.
    """
    consulta = (
        select(UnidadEconomica)
        .where(col(UnidadEconomica.id) == unidad_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    unidad = sesion.exec(consulta).one_or_none()
    if unidad is None:
        raise UnidadNoEncontrada()
    return unidad


def sostener_activas(sesion: Session, unidades: Collection[UUID]) -> set[UUID]:
    """Which of these are registered now, and stay so until the transaction ends; for who begins business of
    theirs. `FOR SHARE`: sales do not wait for each other, only for a suspension or closure under way.
    """
    consulta = (
        select(UnidadEconomica.id, UnidadEconomica.estado)
        .where(col(UnidadEconomica.id).in_(unidades))
        .order_by(col(UnidadEconomica.id))
        .with_for_update(read=True)
    )
    return {unidad_id for unidad_id, estado in sesion.exec(consulta) if estado == EstadoUnidad.INSCRITA}
