"""The mailbox (buzón): a notification has effect when delivered here (Ley 1080), with proof of its reading.

A person reads their own; a unit's is read by any of its representatives. Who represents a unit is known
to the registry, a room above, which says so through `proveer_unidades`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, case, func, literal
from sqlalchemy import select as sql_select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, or_, select

from ciudadania import bloqueos
from ciudadania.modelos import Lectura, Notificacion
from nucleo.actor import Actor
from nucleo.errores import NoEncontrado
from nucleo.ids import nuevo_id
from nucleo.paginacion import CursorPedido, paginar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

SIN_LEER_MAX = 100
_ASUNTO_MAX = 200

UnidadesDelActor = Callable[[Session, Actor], Mapping[UUID, str]]


def _ninguna(_sesion: Session, _actor: Actor) -> Mapping[UUID, str]:
    return {}


_unidades_del_actor: UnidadesDelActor = _ninguna


def proveer_unidades(funcion: UnidadesDelActor) -> UnidadesDelActor:
    """Let the registry say whose mailboxes an actor may read, ``{unidad_id: name}`` (a decorator)."""
    global _unidades_del_actor
    _unidades_del_actor = funcion
    return funcion


def unidades_con_buzon(sesion: Session, actor: Actor) -> Mapping[UUID, str]:
    return _unidades_del_actor(sesion, actor)


def notificar(
    sesion: Session,
    persona_id: UUID | None = None,
    asunto: str = "",
    cuerpo: str = "",
    enlace: str | None = None,
    *,
    unidad_id: UUID | None = None,
) -> UUID:
    """Deliver a message to a person's mailbox, or to a unit's (any representative reads it).

    With both, it is the person's, about the unit. `enlace` is a path of this platform («/pedidos/1»).
    """
    assert persona_id is not None or unidad_id is not None
    assert asunto
    assert enlace is None or es_ruta_propia(enlace)
    fila = Notificacion(
        persona_id=persona_id,
        unidad_id=unidad_id,
        asunto=asunto[:_ASUNTO_MAX],
        cuerpo=cuerpo,
        enlace=enlace,
        creado_en=ahora_bd(sesion),
    )
    sesion.add(fila)
    sesion.flush()
    return fila.id


def es_ruta_propia(ruta: str) -> bool:
    """Whether this is a path on this same site, with no way to be read as another one."""
    return ruta.startswith("/") and not ruta.startswith(("//", "/\\")) and ruta.isprintable()


def _del_actor(sesion: Session, actor: Actor) -> Any:
    """What the actor may read: their own, and what is addressed to a unit they represent."""
    unidades = list(_unidades_del_actor(sesion, actor))
    condiciones = []
    if actor.persona_id is not None:
        condiciones.append(col(Notificacion.persona_id) == actor.persona_id)
    if unidades:
        condiciones.append(col(Notificacion.persona_id).is_(None) & col(Notificacion.unidad_id).in_(unidades))
    return or_(*condiciones) if condiciones else literal(False)


def contar_sin_leer(sesion: Session, actor: Actor) -> int:
    """How many unread, counted up to `SIN_LEER_MAX` (the header then says «99+»)."""
    pendientes = (
        select(Notificacion.id)
        .where(_del_actor(sesion, actor), col(Notificacion.leido_en).is_(None))
        .limit(SIN_LEER_MAX)
        .subquery()
    )
    return sesion.exec(select(func.count()).select_from(pendientes)).one()


def listar(
    sesion: Session, actor: Actor, pagina: CursorPedido, *, solo_sin_leer: bool = False
) -> tuple[list[Notificacion], str | None]:
    """A page of the actor's mailbox: unread first, then the newest."""
    sin_leer = case((col(Notificacion.leido_en).is_(None), 1), else_=0).cast(Integer).label("sin_leer")
    columnas = (sin_leer, col(Notificacion.creado_en), col(Notificacion.id))
    consulta: Any = sql_select(Notificacion, *columnas).where(_del_actor(sesion, actor))
    if solo_sin_leer:
        consulta = consulta.where(col(Notificacion.leido_en).is_(None))
    filas, siguiente = paginar(sesion, consulta, pagina, columnas=columnas, escalares=False)
    return [fila[0] for fila in filas], siguiente


def obtener(sesion: Session, actor: Actor, notificacion_id: UUID) -> Notificacion:
    """One notification the actor may read; any other does not exist for them."""
    fila = sesion.exec(
        select(Notificacion).where(col(Notificacion.id) == notificacion_id, _del_actor(sesion, actor))
    ).one_or_none()
    if fila is None:
        raise NoEncontrado(_("Esa notificación no existe o no es para usted."))
    return fila


def leer(sesion: Session, actor: Actor, notificacion_id: UUID) -> Lectura:
    """Read a notification, leaving proof of who and when; reading again keeps the first proof."""
    assert actor.persona_id is not None  # a machine may look, only a person reads
    fila = obtener(sesion, actor, notificacion_id)
    instante = ahora_bd(sesion)
    sesion.execute(
        insert(Lectura)
        .values(id=nuevo_id(), notificacion_id=fila.id, persona_id=actor.persona_id, leido_en=instante)
        .on_conflict_do_nothing()
    )
    if fila.leido_en is None:
        bloqueos.notificacion(sesion, fila)
        fila.leido_en = fila.leido_en or instante
        sesion.flush()
    return sesion.exec(
        select(Lectura).where(
            col(Lectura.notificacion_id) == fila.id, col(Lectura.persona_id) == actor.persona_id
        )
    ).one()


def leer_todo(sesion: Session, actor: Actor) -> None:
    """Read, as by opening each, the newest hundred that nobody has read."""
    assert actor.persona_id is not None
    instante = ahora_bd(sesion)
    filas, _resto = listar(sesion, actor, CursorPedido(None, SIN_LEER_MAX), solo_sin_leer=True)
    for fila in filas:
        fila.leido_en = instante
        sesion.add(Lectura(notificacion_id=fila.id, persona_id=actor.persona_id, leido_en=instante))
    sesion.flush()


def lecturas(sesion: Session, notificacion_id: UUID) -> Sequence[Lectura]:
    """The proofs of reading of a notification, in order."""
    return sesion.exec(
        select(Lectura)
        .where(col(Lectura.notificacion_id) == notificacion_id)
        .order_by(col(Lectura.leido_en), col(Lectura.id))
    ).all()
