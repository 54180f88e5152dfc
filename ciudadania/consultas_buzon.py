"""Reads of the mailbox: who may read whose, what is there, in lines that open, and how much waits.

A page costs one walk of an index for each mailbox, whatever lies in it: a line is the newest notice of its
group, found by looking whether there is a newer one, so that no count is kept for two payments to wait for.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, inspect, true, tuple_, values
from sqlalchemy import select as sql_select
from sqlalchemy.orm import aliased
from sqlalchemy.sql import column
from sqlalchemy.types import Uuid
from sqlmodel import Session, col, select

from ciudadania.modelos import Lectura, Notificacion
from nucleo.actor import Actor
from nucleo.errores import NoEncontrado
from nucleo.paginacion import CursorPedido, escribir_cursor, leer_cursor
from nucleo.reloj import ZONA
from nucleo.textos import gettext as _

SIN_LEER_MAX = 100
_SIN_LEER_MIRADAS = 2_000

UnidadesDelActor = Callable[[Session, Actor], Mapping[UUID, str]]
CadenasDelActor = Callable[[Session, Actor, Collection[UUID]], Mapping[UUID, Sequence[UUID]]]


def _ninguna(_sesion: Session, _actor: Actor) -> Mapping[UUID, str]:
    return {}


def _sin_cadenas(
    _sesion: Session, _actor: Actor, _unidades: Collection[UUID]
) -> Mapping[UUID, Sequence[UUID]]:
    return {}


_unidades_del_actor: UnidadesDelActor = _ninguna
_cadenas_del_actor: CadenasDelActor = _sin_cadenas


def proveer_unidades(funcion: UnidadesDelActor) -> UnidadesDelActor:
    """Let the registry say whose mailboxes an actor may read, ``{unidad_id: name}`` (a decorator)."""
    global _unidades_del_actor
    _unidades_del_actor = funcion
    return funcion


def proveer_cadenas(funcion: CadenasDelActor) -> CadenasDelActor:
    """Let the registry say by which mandates an actor reads each unit's mailbox (a decorator)."""
    global _cadenas_del_actor
    _cadenas_del_actor = funcion
    return funcion


def cadenas_del_buzon(
    sesion: Session, actor: Actor, unidades: Collection[UUID]
) -> Mapping[UUID, Sequence[UUID]]:
    """``{unidad_id: mandates}``, for what a proof of reading says."""
    return _cadenas_del_actor(sesion, actor, unidades) if unidades else {}


def unidades_con_buzon(sesion: Session, actor: Actor) -> Mapping[UUID, str]:
    return _unidades_del_actor(sesion, actor)


def buzones(sesion: Session, actor: Actor) -> list[UUID]:
    """Whose mailboxes the actor may read: their own, and those of units by the faculty."""
    return _con_el_propio(actor, _unidades_del_actor(sesion, actor))


def _con_el_propio(actor: Actor, unidades: Iterable[UUID]) -> list[UUID]:
    return [*([actor.persona_id] if actor.persona_id is not None else []), *unidades]


@dataclass(frozen=True, slots=True)
class Filtro:
    """What narrows the mailbox. `dia` is one of La Paz; `de` a unit, or the person themselves."""

    q: str = ""
    clase: str | None = None
    legal: bool | None = None
    de: UUID | None = None
    dia: date | None = None
    grupo: UUID | None = None
    solo_sin_leer: bool = False


@dataclass(frozen=True, slots=True)
class Linea:
    """A line of the mailbox: the newest notice of a group, how many there are, how many nobody has read."""

    ultima: Notificacion
    cuantas: int
    sin_leer: int


def condiciones(sesion: Session, actor: Actor, tabla: Any, filtro: Filtro) -> list[Any]:
    """What the actor may read, narrowed."""
    return [col(tabla.destinatario_id).in_(buzones(sesion, actor)), *_del_filtro(tabla, filtro)]


def _del_filtro(tabla: Any, filtro: Filtro) -> list[Any]:
    puestas: list[Any] = []
    if filtro.solo_sin_leer:
        puestas.append(col(tabla.leido_en).is_(None))
    if filtro.clase is not None:
        puestas.append(col(tabla.clase) == filtro.clase)
    if filtro.legal is not None:
        puestas.append(col(tabla.legal).is_(filtro.legal))
    if filtro.de is not None:
        puestas.append(col(tabla.destinatario_id) == filtro.de)
    if filtro.grupo is not None:
        puestas.append(col(tabla.grupo) == filtro.grupo)
    if filtro.dia is not None:
        desde = datetime.combine(filtro.dia, datetime.min.time(), ZONA)
        puestas += [col(tabla.creado_en) >= desde, col(tabla.creado_en) < desde + timedelta(days=1)]
    if texto := filtro.q.replace("\x00", " ").strip()[:200]:
        # On the row itself: the planner takes the mailbox or the words, whatever has fewer.
        busqueda = inspect(tabla).selectable.c.busqueda
        puestas.append(busqueda.op("@@")(func.websearch_to_tsquery("ciudadania_es", texto)))
    return puestas


def contar_sin_leer(sesion: Session, actor: Actor, unidades: Collection[UUID] | None = None) -> int:
    """How many lines have something unread, counted up to `SIN_LEER_MAX` (the header then says «99+»).

    `unidades`: those whose mailboxes the actor may read, for who has just asked.
    """
    cuales = buzones(sesion, actor) if unidades is None else _con_el_propio(actor, unidades)
    pendientes = (
        select(Notificacion.grupo)
        .where(col(Notificacion.destinatario_id).in_(cuales), col(Notificacion.leido_en).is_(None))
        .limit(_SIN_LEER_MIRADAS)
        .subquery()
    )
    grupos = sql_select(pendientes.c.grupo).distinct().limit(SIN_LEER_MAX).subquery()
    cuantos: int = sesion.execute(sql_select(func.count()).select_from(grupos)).scalar_one()
    return cuantos


def hay_legales_sin_leer(sesion: Session, actor: Actor) -> bool:
    """Whether some notification with legal effect waits to be opened."""
    filtro = Filtro(legal=True, solo_sin_leer=True)
    consulta = select(Notificacion.id).where(*condiciones(sesion, actor, Notificacion, filtro)).limit(1)
    return sesion.exec(consulta).first() is not None


def listar(
    sesion: Session, actor: Actor, pagina: CursorPedido, filtro: Filtro = Filtro()
) -> tuple[list[Notificacion], str | None]:
    """A page of notices, the newest first, one by one."""
    return _ultimas(sesion, buzones(sesion, actor), pagina, filtro, agrupar=False)


def lineas(
    sesion: Session, actor: Actor, pagina: CursorPedido, filtro: Filtro = Filtro()
) -> tuple[list[Linea], str | None]:
    """A page of the mailbox in lines: those of one group are one, where its newest is."""
    cabezas, siguiente = _ultimas(sesion, buzones(sesion, actor), pagina, filtro, agrupar=True)
    grupos = {fila.grupo for fila in cabezas}
    sin_leer = func.count().filter(col(Notificacion.leido_en).is_(None))
    cuentas = {
        grupo: (cuantas, por_leer)
        for grupo, cuantas, por_leer in sesion.execute(
            sql_select(col(Notificacion.grupo), func.count(), sin_leer)
            .where(col(Notificacion.grupo).in_(grupos), *_del_filtro(Notificacion, filtro))
            .group_by(col(Notificacion.grupo))
        )
    }
    return [Linea(fila, *cuentas[fila.grupo]) for fila in cabezas], siguiente


def _ultimas(
    sesion: Session, cuales: Sequence[UUID], pagina: CursorPedido, filtro: Filtro, *, agrupar: bool
) -> tuple[list[Notificacion], str | None]:
    """The newest of some mailboxes together: of each, no more than the page may need."""
    if filtro.de is not None:
        cuales = [id for id in cuales if id == filtro.de]
        filtro = replace(filtro, de=None)
    if not cuales:
        return [], None
    n, orden = aliased(Notificacion), (col(Notificacion.creado_en), col(Notificacion.id))
    clave = (col(n.creado_en), col(n.id))
    buzon = values(column("id", Uuid), name="buzon").data([(id,) for id in cuales])
    dentro = sql_select(col(n.id)).where(col(n.destinatario_id) == buzon.c.id, *_del_filtro(n, filtro))
    if agrupar:
        otra = aliased(Notificacion)
        mas_nueva = sql_select(col(otra.id)).where(
            col(otra.grupo) == col(n.grupo),
            tuple_(col(otra.creado_en), col(otra.id)) > tuple_(*clave),
            *_del_filtro(otra, filtro),
        )
        dentro = dentro.where(~mas_nueva.exists())
    if pagina.cursor:
        dentro = dentro.where(tuple_(*clave) < tuple_(*leer_cursor(pagina.cursor, orden)))
    dentro = dentro.order_by(*(c.desc() for c in clave)).limit(pagina.limite + 1)
    halladas = dentro.lateral("halladas")
    consulta = (
        sql_select(Notificacion)
        .select_from(buzon)
        .join(halladas, onclause=true())
        .join(Notificacion, col(Notificacion.id) == halladas.c.id)
        .order_by(*(c.desc() for c in orden))
        .limit(pagina.limite + 1)
    )
    filas = list(sesion.execute(consulta).scalars())
    if len(filas) <= pagina.limite:
        return filas, None
    filas = filas[: pagina.limite]
    return filas, escribir_cursor([filas[-1].creado_en, filas[-1].id])


def obtener(sesion: Session, actor: Actor, notificacion_id: UUID) -> Notificacion:
    """One notification the actor may read; any other does not exist for them."""
    fila = sesion.get(Notificacion, notificacion_id)
    if fila is None or fila.destinatario_id not in buzones(sesion, actor):
        raise no_existe()
    return fila


def no_existe() -> NoEncontrado:
    return NoEncontrado(_("Esa notificación no existe o no es para usted."))


def lecturas(sesion: Session, notificacion_id: UUID) -> Sequence[Lectura]:
    """The proofs of reading of a notification, in order."""
    return sesion.exec(
        select(Lectura)
        .where(col(Lectura.notificacion_id) == notificacion_id)
        .order_by(col(Lectura.leido_en), col(Lectura.id))
    ).all()
