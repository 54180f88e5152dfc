"""The mailbox (buzón): a notification has effect when delivered here (Ley 1080), with proof of its reading.

What has legal effect is read only by opening it; news may also be marked as read by the group or all at once.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from ciudadania import bloqueos
from ciudadania.clases import Clase
from ciudadania.consultas_buzon import Filtro, cadenas_del_buzon, condiciones, listar, obtener
from ciudadania.modelos import Lectura, Notificacion
from nucleo.actor import Actor
from nucleo.ids import nuevo_id
from nucleo.paginacion import CursorPedido
from nucleo.reloj import ahora_bd, fecha_bolivia

_ASUNTO_MAX = 200
MARCADAS_MAX = 5_000
"""How many notices one press marks as read at most."""


def notificar(
    sesion: Session,
    persona_id: UUID | None = None,
    asunto: str = "",
    cuerpo: str = "",
    enlace: str | None = None,
    *,
    clase: Clase,
    unidad_id: UUID | None = None,
) -> UUID:
    """Deliver a notice of a declared kind to a person's mailbox, or to a unit's.

    With both, it is the person's, about the unit. `enlace` is a path of this platform («/pedidos/1»).
    """
    destinatario_id = persona_id or unidad_id
    assert destinatario_id is not None
    assert asunto
    assert enlace is None or es_ruta_propia(enlace)
    id, instante = nuevo_id(), ahora_bd(sesion)
    fila = Notificacion(
        id=id,
        persona_id=persona_id,
        unidad_id=unidad_id,
        clase=clase.codigo,
        legal=clase.legal,
        grupo=clase.grupo(id, destinatario_id, fecha_bolivia(instante), enlace),
        asunto=asunto[:_ASUNTO_MAX],
        cuerpo=cuerpo,
        enlace=enlace,
        creado_en=instante,
    )
    sesion.add(fila)
    sesion.flush()
    return fila.id


def es_ruta_propia(ruta: str) -> bool:
    """Whether this is a path on this same site, with no way to be read as another one."""
    return ruta.startswith("/") and not ruta.startswith(("//", "/\\")) and ruta.isprintable()


def leer(sesion: Session, actor: Actor, notificacion_id: UUID) -> Lectura:
    """Read a notification, leaving proof of who and when; reading again keeps the first proof."""
    assert actor.persona_id is not None  # a machine may look, only a person reads
    fila = obtener(sesion, actor, notificacion_id)
    instante = ahora_bd(sesion)
    _probar(sesion, actor, [(fila.id, fila.destinatario_id)], instante)
    if fila.leido_en is None:
        bloqueos.notificacion(sesion, fila)
        fila.leido_en = fila.leido_en or instante
        sesion.flush()
    return sesion.exec(
        select(Lectura).where(
            col(Lectura.notificacion_id) == fila.id, col(Lectura.persona_id) == actor.persona_id
        )
    ).one()


def marcar_leidas(sesion: Session, actor: Actor, grupo: UUID | None = None) -> int:
    """Mark news (never what has legal effect) as read: those of a group, or all; how many.

    The newest `MARCADAS_MAX` at most. What somebody else reads meanwhile stays theirs.
    """
    assert actor.persona_id is not None
    consulta = select(Notificacion.id, Notificacion.destinatario_id).where(
        *condiciones(sesion, actor, Notificacion, Filtro(grupo=grupo, legal=False, solo_sin_leer=True))
    )
    filas = bloqueos.notificaciones_sin_leer(sesion, consulta, MARCADAS_MAX)
    _marcar(sesion, actor, filas)
    return len(filas)


def leer_todo(sesion: Session, actor: Actor) -> None:
    """Read, as by opening each, the newest hundred that nobody has read."""
    assert actor.persona_id is not None
    filas, _resto = listar(sesion, actor, CursorPedido(None, 100), Filtro(solo_sin_leer=True))
    _marcar(sesion, actor, [(fila.id, fila.destinatario_id) for fila in filas])


def _marcar(sesion: Session, actor: Actor, filas: Sequence[tuple[UUID, UUID]]) -> None:
    """`filas`: each notice with whose mailbox it lies in."""
    if not filas:
        return
    instante = ahora_bd(sesion)
    _probar(sesion, actor, filas, instante)
    ids = [id for id, _de in filas]
    cambio: Any = update(Notificacion).where(col(Notificacion.id).in_(ids)).values(leido_en=instante)
    sesion.execute(cambio.execution_options(synchronize_session=False))


def _probar(sesion: Session, actor: Actor, filas: Sequence[tuple[UUID, UUID]], instante: datetime) -> None:
    """Write the proofs; of a unit's, by which mandates."""
    unidades = {de for _id, de in filas} - {actor.persona_id}
    cadenas = cadenas_del_buzon(sesion, actor, unidades)
    sesion.execute(
        insert(Lectura)
        .values(
            [
                {
                    "id": nuevo_id(),
                    "notificacion_id": id,
                    "persona_id": actor.persona_id,
                    "mandatos": list(cadenas.get(de, ())),
                    "leido_en": instante,
                }
                for id, de in filas
            ]
        )
        .on_conflict_do_nothing()
    )
