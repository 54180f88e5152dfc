"""Row locks of the registry, all of them here. Order: one unit at a time; several, by id."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, select

from empresa_digital.registro.unidades.errores import UnidadNoEncontrada
from empresa_digital.registro.unidades.modelos import UnidadEconomica
from empresa_digital.registro.unidades.tipos import EstadoUnidad
from nucleo.filas import IDS


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


_SOSTENER = (
    select(UnidadEconomica.id, UnidadEconomica.estado, UnidadEconomica.municipio_ine)
    .where(col(UnidadEconomica.id).in_(IDS))
    .order_by(col(UnidadEconomica.id))
    .with_for_update(read=True)
)


def sostener_activas(sesion: Session, unidades: Collection[UUID]) -> dict[UUID, str | None]:
    """Which of these are registered now, each with its municipality, and stay so until the transaction ends;
    for who begins business of theirs. `FOR SHARE`: sales do not wait for each other, only for a suspension or
    closure under way.
    """
    filas = sesion.execute(_SOSTENER, {"ids": list(unidades)})
    return {id: municipio for id, estado, municipio in filas if estado == EstadoUnidad.INSCRITA}
