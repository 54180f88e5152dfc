"""Who may see what of a unit: its own people, the regulator, anybody."""

from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro.mandatos.errores import SinFacultad
from empresa_digital.registro.mandatos.facultades import (
    exigir_facultad,
    exigir_regulador,
    facultades_de,
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
    """A unit whose inside the actor may see: `CONSULTAR`, or the registry's authority."""
    unidad, interno = unidad_visible(sesion, actor, numero)
    if not interno:
        raise SinFacultad(_("Para ver esto necesita un mandato con la facultad de consultar."))
    return unidad


def puede(
    sesion: Session, actor: Actor | None, unidad_id: UUID, facultad: Facultad, *, con_otros: bool = False
) -> bool:
    """Whether the actor may exercise the faculty for the unit (also `con_otros`), whatever its state."""
    if actor is None:
        return False
    try:
        exigir_facultad(sesion, actor, unidad_id, facultad, estados=tuple(EstadoUnidad), con_otros=con_otros)
    except SinFacultad:
        return False
    return True


def es_regulador(sesion: Session, actor: Actor | None) -> bool:
    if actor is None:
        return False
    try:
        exigir_regulador(sesion, actor)
    except SinFacultad:
        return False
    return True


def unidad_visible(sesion: Session, actor: Actor | None, numero: str) -> tuple[Unidad, bool]:
    """The unit, and whether the actor sees its inside (`CONSULTAR`, or regulates).

    A registration that was never accepted exists only for who acts for it and the regulator: for anybody else
    it raises `UnidadNoEncontrada`, the same as a number that was never given.
    """
    unidad = unidad_por_numero(sesion, numero)
    interno = puede(sesion, actor, unidad.id, Facultad.CONSULTAR) or es_regulador(sesion, actor)
    if not interno and not es_publica(unidad) and not actua(sesion, actor, unidad.id):
        raise UnidadNoEncontrada()
    return unidad, interno


def actua(sesion: Session, actor: Actor | None, unidad_id: UUID) -> bool:
    """Whether the actor may do anything for the unit: it exists for them, and their lists name it."""
    if actor is None:
        return False
    if actor.tipo == "cliente":
        return actor.unidad_cliente_id == unidad_id
    return unidad_id in facultades_de(sesion, actor, con_otros=True)


def unidad_propia(
    sesion: Session,
    actor: Actor,
    numero: str,
    facultad: Facultad,
    *otras: Facultad,
    con_otros: bool = False,
) -> Unidad:
    """A unit, in any state, for which the actor may exercise `facultad` (or one of the others; `con_otros`:
    to propose what others sign too). Anybody else learns no more than from its public page.
    """
    unidad, _interno = unidad_visible(sesion, actor, numero)
    if not any(puede(sesion, actor, unidad.id, otra) for otra in otras):
        estados = tuple(EstadoUnidad)
        exigir_facultad(sesion, actor, unidad.id, facultad, estados=estados, con_otros=con_otros)
    return unidad


def administra(sesion: Session, actor: Actor, unidad: Unidad, *, con_otros: bool = False) -> bool:
    """Whether the actor may administer the unit (also `con_otros`) in its present state, whatever it is."""
    return puede(sesion, actor, unidad.id, Facultad.ADMINISTRAR, con_otros=con_otros)
