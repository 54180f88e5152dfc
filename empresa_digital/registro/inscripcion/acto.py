"""Joint acts of a registration: its closure, and the register of those that two officials decide."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session

from empresa_digital.registro.inscripcion.vida import autoridad_sobre, cancelar, inscribir
from empresa_digital.registro.mandatos import Facultad
from empresa_digital.registro.unidades import Unidad, unidad_por_id
from nucleo.actor import Actor
from nucleo.actos import ActoConjunto, acto_conjunto
from nucleo.errores import PrecondicionFallida
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class CuerpoDeCierre(BaseModel):
    model_config = ConfigDict(frozen=True)

    unidad: UUID
    motivo: str


def _cerrar(sesion: Session, actor: Actor, cuerpo: CuerpoDeCierre) -> Unidad:
    return cancelar(sesion, actor, cuerpo.unidad, cuerpo.motivo)


def _en_palabras(sesion: Session, cuerpo: CuerpoDeCierre) -> Sequence[tuple[str, str]]:
    unidad = unidad_por_id(sesion, cuerpo.unidad)
    return [
        (_("Se cancela el registro de"), unidad.nombre),
        (_("Número"), unidad.numero or ""),
        (_("Motivo"), cuerpo.motivo),
    ]


CIERRE: ActoConjunto[CuerpoDeCierre, Unidad] = acto_conjunto(
    ActoConjunto(
        codigo="cierre",
        nombre=_l("Cierre de la unidad"),
        facultad=Facultad.ADMINISTRAR.value,
        cuerpo=CuerpoDeCierre,
        ejecutar=_cerrar,
        en_palabras=_en_palabras,
    )
)


class CuerpoDeInscripcion(BaseModel):
    """The version is that of the data that were looked at: others are proposed again."""

    model_config = ConfigDict(frozen=True)

    unidad: UUID
    version: int


def _inscribir(sesion: Session, actor: Actor, cuerpo: CuerpoDeInscripcion) -> Unidad:
    if unidad_por_id(sesion, cuerpo.unidad).version != cuerpo.version:
        raise PrecondicionFallida(_("La unidad cambió desde que se la revisó: revísela otra vez."))
    return inscribir(sesion, actor, cuerpo.unidad)


def _inscripcion_en_palabras(sesion: Session, cuerpo: CuerpoDeInscripcion) -> Sequence[tuple[str, str]]:
    unidad = unidad_por_id(sesion, cuerpo.unidad)
    return [(_("Se inscribe a"), unidad.nombre), (_("Número"), unidad.numero or "")]


def _exige_inscribir(sesion: Session, actor: Actor, cuerpo: CuerpoDeInscripcion) -> None:
    autoridad_sobre(sesion, actor, unidad_por_id(sesion, cuerpo.unidad))


INSCRIPCION: ActoConjunto[CuerpoDeInscripcion, Unidad] = acto_conjunto(
    ActoConjunto(
        codigo="inscripcion",
        nombre=_l("Inscripción de una unidad"),
        facultad=Facultad.REGULAR.value,
        cuerpo=CuerpoDeInscripcion,
        ejecutar=_inscribir,
        en_palabras=_inscripcion_en_palabras,
        exige=_exige_inscribir,
    )
)
