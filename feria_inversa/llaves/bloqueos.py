"""Locks of the keys. Order: a process, then the groups of its entity, then one of them."""

from uuid import UUID

from sqlmodel import Session, select

from feria_inversa.llaves.errores import ResguardoNoEncontrado
from feria_inversa.llaves.modelos import Llave, Resguardo
from nucleo.bloqueos import cerrojo


def los_de(sesion: Session, unidad_id: UUID) -> None:
    """One act at a time on the groups of an entity: who publishes has one that does not end meanwhile."""
    cerrojo(sesion, f"feria:llaves:{unidad_id}")


def bloquear_con_los_suyos(sesion: Session, resguardo_id: UUID) -> Resguardo:
    """A group, after those of its entity."""
    unidad_id = sesion.exec(select(Resguardo.unidad_id).where(Resguardo.id == resguardo_id)).one_or_none()
    if unidad_id is None:
        raise ResguardoNoEncontrado
    los_de(sesion, unidad_id)
    return bloquear(sesion, resguardo_id)


def bloquear(sesion: Session, resguardo_id: UUID) -> Resguardo:
    consulta = select(Resguardo).where(Resguardo.id == resguardo_id).with_for_update()
    fila = sesion.exec(consulta.execution_options(populate_existing=True)).one_or_none()
    if fila is None:
        raise ResguardoNoEncontrado
    return fila


def bloquear_de_llave(sesion: Session, llave: Llave) -> Resguardo:
    """One part of a key at a time."""
    return bloquear(sesion, llave.resguardo_id)
