"""Row locks of this room: shipments in order of id, so that batches never deadlock; then a block of numbers.

``FOR NO KEY UPDATE``: writers of the same item wait, those who only refer to it do not.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from envios.items.bloqueados import COLUMNAS, EnvioBloqueado
from envios.items.errores import EnvioNoEncontrado
from envios.items.modelos import Envio
from nucleo.filas import leer_filas, una_de

# A block another transaction holds is skipped, not waited for: two orders never queue for a number.
NUMERO_SIGUIENTE = text(
    """
    UPDATE envios_bloque_serie SET siguiente = siguiente + 1
    WHERE id = (
        SELECT id FROM envios_bloque_serie
        WHERE operador_unidad_id = :operador AND indicador = :indicador AND siguiente <= hasta
        ORDER BY desde LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING siguiente - 1
    """
)


def bloquear_envios(sesion: Session, ids: Iterable[UUID]) -> dict[UUID, Envio]:
    """The shipments that exist among `ids`, locked and freshly read."""
    consulta = (
        select(Envio)
        .where(una_de(Envio.id, set(ids)))
        .order_by(col(Envio.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {envio.id: envio for envio in sesion.exec(consulta)}


def bloquear_para_eventos(sesion: Session, ids: Iterable[UUID]) -> dict[UUID, EnvioBloqueado]:
    """`bloquear_envios`, as light rows."""
    consulta = (
        COLUMNAS.where(una_de(Envio.id, set(ids))).order_by(col(Envio.id)).with_for_update(key_share=True)
    )
    hallados = (EnvioBloqueado(*fila) for fila in leer_filas(sesion, consulta))
    return {envio.id: envio for envio in hallados}


def bloquear_envio(sesion: Session, envio_id: UUID) -> Envio:
    """One of them, locked and freshly read. Raises `EnvioNoEncontrado`."""
    envio = bloquear_envios(sesion, [envio_id]).get(envio_id)
    if envio is None:
        raise EnvioNoEncontrado()
    return envio
