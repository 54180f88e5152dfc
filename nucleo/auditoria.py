"""The audit trail: who did what, for whom, by which mandate."""

from collections.abc import Collection, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from nucleo.actor import Actor, Autorizacion
from nucleo.filas import insertar_filas
from nucleo.modelos import Auditoria

solicitud_actual: ContextVar[str | None] = ContextVar("solicitud_actual", default=None)


def auditar(
    sesion: Session,
    quien: Actor | Autorizacion,
    accion: str,
    objeto_tipo: str,
    objeto_id: object,
    datos: Mapping[str, Any] | None = None,
) -> None:
    """Record a state change in the caller's transaction; `datos` holds small JSON facts, no secrets.

    What a joint act does names it.
    """
    fila = _fila(quien, accion, objeto_tipo, objeto_id, datos or {})
    sesion.add(Auditoria(**fila))


def auditar_varios(
    sesion: Session,
    quien: Actor | Autorizacion,
    accion: str,
    objeto_tipo: str,
    cambios: Mapping[UUID, Mapping[str, Any]],
) -> None:
    """`auditar` the same of many objects, each with its facts, in one statement."""
    filas = [_fila(quien, accion, objeto_tipo, objeto_id, datos) for objeto_id, datos in cambios.items()]
    insertar_filas(sesion, Auditoria, filas)


def _fila(
    quien: Actor | Autorizacion, accion: str, objeto_tipo: str, objeto_id: object, datos: Mapping[str, Any]
) -> dict[str, Any]:
    autorizacion = quien if isinstance(quien, Autorizacion) else Autorizacion.propia(quien)
    actor = autorizacion.actor
    hechos = dict(datos)
    if actor.acto is not None:
        hechos["acto"] = str(actor.acto)
    return {
        "actor_tipo": actor.tipo,
        "actor_id": actor.id,
        "actor_nombre": actor.nombre,
        "unidad_id": autorizacion.unidad_id,
        "mandato_id": autorizacion.mandato_id,
        "accion": accion,
        "objeto_tipo": objeto_tipo,
        "objeto_id": str(objeto_id),
        "datos": hechos,
        "solicitud": solicitud_actual.get(),
    }


@dataclass(frozen=True, slots=True)
class Hecho:
    """Who did something, and when; `quien` is empty of what the platform did by itself. `acto`: the joint act
    that did it, of which `quien` signed last."""

    quien: str
    cuando: datetime
    acto: UUID | None = None


def quien_hizo(
    sesion: Session, objeto_tipo: str, objeto_id: object, acciones: Collection[str]
) -> dict[str, Hecho]:
    """The last time that each of these was done to it, of those that ever were."""
    consulta = select(Auditoria).where(
        Auditoria.objeto_tipo == objeto_tipo,
        Auditoria.objeto_id == str(objeto_id),
        col(Auditoria.accion).in_(acciones),
    )
    filas = sesion.exec(consulta.order_by(col(Auditoria.numero)))
    return {f.accion: _hecho(f) for f in filas}


def _hecho(fila: Auditoria) -> Hecho:
    acto = fila.datos.get("acto")
    quien = "" if fila.actor_tipo == "sistema" else fila.actor_nombre
    return Hecho(quien, fila.creado_en, None if acto is None else UUID(acto))


def quienes_hicieron(sesion: Session, accion: str, objeto_tipo: str, objeto_id: object) -> set[UUID]:
    """The people who ever did that to an object."""
    consulta = select(Auditoria.actor_id).where(
        Auditoria.objeto_tipo == objeto_tipo,
        Auditoria.objeto_id == str(objeto_id),
        Auditoria.accion == accion,
    )
    return {id_ for id_ in sesion.exec(consulta) if id_ is not None}


def objetos_de(sesion: Session, accion: str, entre: Collection[str] | None = None) -> set[str]:
    """The ids of whatever that was ever done to; of those `entre`, if given."""
    consulta = select(Auditoria.objeto_id).where(col(Auditoria.accion) == accion)
    if entre is not None:
        consulta = consulta.where(col(Auditoria.objeto_id).in_(entre))
    return set(sesion.exec(consulta))


@dataclass(frozen=True, slots=True)
class Dicho:
    """When something was done, and its facts."""

    cuando: datetime
    datos: Mapping[str, Any]


def ultimas(sesion: Session, accion: str) -> dict[str, Dicho]:
    """The last time that this was done to each object, by its id."""
    consulta = select(Auditoria.objeto_id, Auditoria.creado_en, Auditoria.datos).where(
        Auditoria.accion == accion
    )
    filas = sesion.exec(consulta.order_by(col(Auditoria.numero)))
    return {id_: Dicho(cuando, datos) for id_, cuando, datos in filas}
