"""Row locks of a call, in one place. Order: the call, then a unit's place in it, the codes of
entities, then the writing of its releases.

Bids share the call's row; whoever moves its state takes it alone. So many bids go in together, and a close
waits for the bids that came in time and shuts out the ones that did not.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlmodel import Session, select

from feria_inversa.actos import avisar_de_un_acto
from feria_inversa.procesos.errores import ConvocatoriaNoEncontrada
from feria_inversa.procesos.estados import PUBLICOS
from feria_inversa.procesos.modelos import Convocatoria


def _leer(sesion: Session, consulta: Select[Any]) -> Convocatoria:
    convocatoria: Convocatoria | None = sesion.scalars(
        consulta, execution_options={"populate_existing": True}
    ).one_or_none()
    if convocatoria is None:
        raise ConvocatoriaNoEncontrada
    return convocatoria


def bloquear(sesion: Session, convocatoria_id: UUID) -> Convocatoria:
    """The call, alone: to change its state. Read any clock only after this returns."""
    consulta = select(Convocatoria).where(Convocatoria.id == convocatoria_id).with_for_update()
    convocatoria = _leer(sesion, consulta)
    avisar_de_un_acto(sesion, convocatoria_id)
    return convocatoria


def bloquear_publica(sesion: Session, convocatoria_id: UUID) -> Convocatoria:
    """The same; a draft does not exist. Raises `ConvocatoriaNoEncontrada`."""
    convocatoria = bloquear(sesion, convocatoria_id)
    if convocatoria.estado not in PUBLICOS:
        raise ConvocatoriaNoEncontrada
    return convocatoria


def compartir(sesion: Session, convocatoria_id: UUID) -> Convocatoria:
    """The call, shared with other bids: nobody changes its state until this transaction ends."""
    return _leer(
        sesion, select(Convocatoria).where(Convocatoria.id == convocatoria_id).with_for_update(read=True)
    )
