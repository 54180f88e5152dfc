"""For which public entity somebody acts: the one door of that question."""

from collections.abc import Collection, Sequence
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from comercio.evidencias.errores import SoloEntidades
from empresa_digital.registro import (
    EstadoUnidad,
    Facultad,
    TipoUnidad,
    Unidad,
    exigir_facultad,
    unidad_por_id,
    unidades_de,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.textos import gettext as _

ACTIVAS = frozenset({EstadoUnidad.INSCRITA})


def exigir_entidad(
    sesion: Session, actor: Actor, unidad_id: UUID, monto: Money | None = None
) -> Autorizacion:
    """Who may buy for that entity, a person. Raises `SoloEntidades`, `SinFacultad`, `MontoExcedido`."""
    if actor.persona_id is None:
        raise SoloEntidades(_("Lo hace una persona con mandato de la entidad: ingrese como persona."))
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.COMPRAR, monto)
    if unidad_por_id(sesion, unidad_id).tipo is not TipoUnidad.ENTIDAD_PUBLICA:
        raise SoloEntidades(_("La unidad no es una entidad pública: compre en la tienda."))
    return autorizacion


def lista_de_entidades(entidades: Sequence[Unidad]) -> list[tuple[str, str]]:
    """Those of a form: of several none is chosen beforehand."""
    suyas = [(str(u.id), u.nombre) for u in entidades]
    return suyas if len(suyas) == 1 else [("", _("Elija la entidad")), *suyas]


def entidades_de(
    sesion: Session, actor: Actor, estados: Collection[EstadoUnidad] = ACTIVAS
) -> Sequence[Unidad]:
    """The public entities for which the actor may buy, by name."""
    suyas = unidades_de(sesion, actor, Facultad.COMPRAR, estados=estados)
    return [u for u in suyas if u.tipo is TipoUnidad.ENTIDAD_PUBLICA]
