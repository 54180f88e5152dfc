"""Locks of events: a correction that arrives before its event and that event never pass each other by.

Taken before any row of an item.
"""

from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from envios.items import bloquear_envio, envio_por_id
from envios.items.modelos import Envio

_LEE = text("SELECT pg_advisory_xact_lock_shared(hashtextextended('envios.correccion:' || :operador, 0))")
_ESCRIBE = text("SELECT pg_advisory_xact_lock(hashtextextended('envios.correccion:' || :operador, 0))")


def bloquear_correcciones(sesion: Session, operador_unidad_id: UUID, *, solo_lee: bool) -> None:
    """Uploads of one operator share it; a correction of what has not arrived waits until they end."""
    sesion.connection().execute(_LEE if solo_lee else _ESCRIBE, {"operador": str(operador_unidad_id)})


def bloquear_para_anotar(sesion: Session, envio_id: UUID) -> Envio:
    """The item, locked, for who may note an event of whoever holds it. Raises `EnvioNoEncontrado`."""
    bloquear_correcciones(sesion, envio_por_id(sesion, envio_id).custodio_unidad_id, solo_lee=True)
    return bloquear_envio(sesion, envio_id)
