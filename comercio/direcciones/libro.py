"""A person's address book: kept by name, read by them alone."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from comercio.direcciones.errores import DireccionNoEncontrada, LibretaLlena
from comercio.direcciones.esquemas import Entrega
from comercio.direcciones.modelos import DIRECCIONES_MAXIMAS, Direccion
from empresa_digital.registro import lugar
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.bloqueos import cerrojo
from nucleo.errores import DatosInvalidos
from nucleo.textos import gettext as _


def direcciones_de(sesion: Session, actor: Actor) -> Sequence[Direccion]:
    """By name."""
    consulta = select(Direccion).where(col(Direccion.persona_id) == actor.persona_id)
    return sesion.exec(consulta.order_by(col(Direccion.nombre))).all()


def direccion_de(sesion: Session, actor: Actor, direccion_id: UUID) -> Direccion:
    """One of the actor's. Raises `DireccionNoEncontrada`."""
    fila = sesion.get(Direccion, direccion_id)
    if fila is None or fila.persona_id != actor.persona_id:
        raise DireccionNoEncontrada()
    return fila


MUNICIPIO_CONOCIDO = (
    sql_select(col(Direccion.municipio_ine))
    .where(col(Direccion.persona_id) == bindparam("persona_id", type_=Uuid()))
    .order_by(col(Direccion.id).desc())
    .limit(1)
    .scalar_subquery()
)
"""`municipio_conocido` of :persona_id, to be asked beside other things."""


def municipio_conocido(sesion: Session, actor: Actor | None) -> str:
    """Where somebody likes to receive, if it is known: the place of the address that they kept last."""
    if actor is None or actor.persona_id is None:
        return ""
    consulta: Any = sql_select(MUNICIPIO_CONOCIDO)
    return sesion.execute(consulta, {"persona_id": actor.persona_id}).scalar_one() or ""


def guardar_direccion(sesion: Session, actor: Actor, nombre: str, donde: Entrega) -> Direccion:
    """Keep it by that name; the one that had it is now this one. Raises `DatosInvalidos`, `LibretaLlena`."""
    assert actor.persona_id is not None
    nombre_del_lugar = lugar(sesion, donde.municipio_ine)
    if not nombre_del_lugar:
        texto = _("Elija un municipio de la lista.")
        raise DatosInvalidos(texto, campos={"municipio_ine": texto})
    cerrojo(sesion, f"direcciones {actor.persona_id}")
    suyas = {d.nombre: d for d in direcciones_de(sesion, actor)}
    fila = suyas.get(nombre)
    if fila is None:
        if len(suyas) >= DIRECCIONES_MAXIMAS:
            raise LibretaLlena(_("Tiene %(n)d direcciones: borre una antes.") % {"n": DIRECCIONES_MAXIMAS})
        fila = Direccion(
            persona_id=actor.persona_id, nombre=nombre, lugar=nombre_del_lugar[:120], **donde.model_dump()
        )
    else:
        fila.sqlmodel_update(donde.model_dump() | {"lugar": nombre_del_lugar[:120]})
    sesion.add(fila)
    sesion.flush()
    auditar(sesion, Autorizacion.propia(actor), "direccion.guardar", "comercio_direccion", fila.id, {})
    return fila


def borrar_direccion(sesion: Session, actor: Actor, direccion_id: UUID) -> None:
    """Raises `DireccionNoEncontrada`."""
    fila = direccion_de(sesion, actor, direccion_id)
    auditar(sesion, Autorizacion.propia(actor), "direccion.borrar", "comercio_direccion", fila.id, {})
    sesion.delete(fila)
    sesion.flush()
