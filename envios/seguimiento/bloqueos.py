"""Row locks of following: what was told of an item, a tracker, a unit's list of them (its limit is one)."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session

from envios.seguimiento.errores import RastreadorNoEncontrado
from envios.seguimiento.modelos import AvisoDeEnvio, Rastreador

_UNIDAD = text("SELECT pg_advisory_xact_lock(hashtextextended('envios.rastreadores:' || :unidad, 0))")


def bloquear_unidad(sesion: Session, unidad_id: UUID) -> None:
    sesion.connection().execute(_UNIDAD, {"unidad": str(unidad_id)})


def bloquear_rastreador(sesion: Session, rastreador_id: UUID) -> Rastreador:
    """Raises `RastreadorNoEncontrado`."""
    fila = sesion.get(Rastreador, rastreador_id, with_for_update=True, populate_existing=True)
    if fila is None:
        raise RastreadorNoEncontrado()
    return fila


def bloquear_aviso(sesion: Session, envio_id: UUID, papel: str) -> AvisoDeEnvio:
    """What one side was told last of an item, for whoever reads the item after it."""
    nueva = insert(AvisoDeEnvio).values(envio_id=envio_id, papel=papel, dicho="")
    sesion.execute(nueva.on_conflict_do_nothing())
    return sesion.get_one(AvisoDeEnvio, (envio_id, papel), with_for_update=True, populate_existing=True)
