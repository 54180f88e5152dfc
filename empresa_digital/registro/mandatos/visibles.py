"""Who may see what of a unit: its own people, the regulator, anybody."""

from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro.mandatos.errores import SinFacultad
from empresa_digital.registro.mandatos.facultades import (
    exigir_facultad,
    exigir_regulador,
    mandatos_del_actor,
    unidades_de,
)
from empresa_digital.registro.mandatos.tipos import Facultad
from empresa_digital.registro.unidades import (
    EstadoUnidad,
    Unidad,
    UnidadNoEncontrada,
    es_publica,
    unidad_por_numero,
)
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.textos import gettext as _


def de_la_casa(sesion: Sesion, actor: Actor, numero: str) -> Unidad:
    unidad, interno = unidad_visible(sesion, actor, numero)
    if not interno:
        raise SinFacultad(_("Solo quienes representan a la unidad ven esto."))
    return unidad


def representa(sesion: Session, actor: Actor | None, unidad_id: UUID) -> bool:
    """Whether the actor holds any valid mandate for the unit, whatever its state."""
    if actor is None:
        return False
    if actor.tipo == "cliente":
        return actor.unidad_cliente_id == unidad_id
    suyos = mandatos_del_actor(actor, None)
    fila = sesion.execute(suyos.select().where(suyos.c.unidad_id == unidad_id).limit(1))
    return fila.first() is not None


def es_regulador(sesion: Session, actor: Actor | None) -> bool:
    if actor is None:
        return False
    try:
        exigir_regulador(sesion, actor)
    except SinFacultad:
        return False
    return True


def unidad_visible(sesion: Session, actor: Actor | None, numero: str) -> tuple[Unidad, bool]:
    """The unit, and whether the actor is of the house (represents it or regulates).

    A registration that was never accepted exists only for its own people and the regulator: for anybody else
    it raises `UnidadNoEncontrada`, the same as a number that was never given.
    """
    unidad = unidad_por_numero(sesion, numero)
    interno = representa(sesion, actor, unidad.id) or es_regulador(sesion, actor)
    if not interno and not es_publica(unidad):
        raise UnidadNoEncontrada()
    return unidad, interno


def unidad_propia(sesion: Session, actor: Actor, numero: str) -> Unidad:
    """A unit that the actor represents, in any state. Anybody else learns no more than from its public
    page.
    """
    unidad, _interno = unidad_visible(sesion, actor, numero)
    if unidad.id not in {u.id for u in unidades_de(sesion, actor, estados=tuple(EstadoUnidad))}:
        raise SinFacultad(_("Solo quienes representan a la unidad ven esta página."))
    return unidad


def administra(sesion: Session, actor: Actor, unidad: Unidad) -> bool:
    """Whether the actor may administer the unit in its present state, whatever it is."""
    try:
        exigir_facultad(sesion, actor, unidad.id, Facultad.ADMINISTRAR, estados=tuple(EstadoUnidad))
    except SinFacultad:
        return False
    return True
