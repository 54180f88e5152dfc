"""The closure of a unit as a joint act: what those who only administer together sign."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session

from empresa_digital.registro.inscripcion.vida import cancelar
from empresa_digital.registro.mandatos import Facultad
from empresa_digital.registro.unidades import Unidad, unidad_por_id
from nucleo.actor import Actor
from nucleo.actos import ActoConjunto, acto_conjunto
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
