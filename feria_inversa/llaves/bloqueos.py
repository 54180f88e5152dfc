"""Row locks of the keys. Order: a process before its key."""

from uuid import UUID

from sqlmodel import Session, select

from feria_inversa.llaves.errores import ResguardoNoEncontrado
from feria_inversa.llaves.modelos import Llave, Resguardo


def bloquear(sesion: Session, resguardo_id: UUID) -> Resguardo:
    consulta = select(Resguardo).where(Resguardo.id == resguardo_id).with_for_update()
    fila = sesion.exec(consulta.execution_options(populate_existing=True)).one_or_none()
    if fila is None:
        raise ResguardoNoEncontrado
    return fila


def bloquear_de_llave(sesion: Session, llave: Llave) -> Resguardo:
    """One part of a key at a time."""
    return bloquear(sesion, llave.resguardo_id)
