"""The grant of a quality as a joint act, for those that two officials decide."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session

from empresa_digital.registro.catalogos import Habilitacion
from empresa_digital.registro.habilitaciones.habilitar import autoridad_sobre, otorgar_habilitacion
from empresa_digital.registro.habilitaciones.modelos import HabilitacionUnidad
from empresa_digital.registro.habilitaciones.palabras import HABILITACIONES
from empresa_digital.registro.mandatos import Facultad
from empresa_digital.registro.unidades import unidad_por_id
from nucleo.actor import Actor
from nucleo.actos import ActoConjunto, acto_conjunto
from nucleo.plantillas import filtro_fecha
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class CuerpoDeOtorgamiento(BaseModel):
    model_config = ConfigDict(frozen=True)

    unidad: UUID
    habilitacion: Habilitacion
    norma: str
    desde: date
    hasta: date | None = None


def _otorgar(sesion: Session, actor: Actor, c: CuerpoDeOtorgamiento) -> HabilitacionUnidad:
    return otorgar_habilitacion(
        sesion, actor, c.unidad, c.habilitacion, norma=c.norma, desde=c.desde, hasta=c.hasta
    )


def _en_palabras(sesion: Session, c: CuerpoDeOtorgamiento) -> Sequence[tuple[str, str]]:
    return [
        (_("Se habilita a"), unidad_por_id(sesion, c.unidad).nombre),
        (_("Para"), str(HABILITACIONES[c.habilitacion])),
        (_("Norma"), c.norma),
        (_("Desde"), filtro_fecha(c.desde)),
        (_("Último día"), filtro_fecha(c.hasta) if c.hasta else _("No termina")),
    ]


def _exige(sesion: Session, actor: Actor, c: CuerpoDeOtorgamiento) -> None:
    autoridad_sobre(sesion, actor, unidad_por_id(sesion, c.unidad), c.habilitacion)


OTORGAMIENTO: ActoConjunto[CuerpoDeOtorgamiento, HabilitacionUnidad] = acto_conjunto(
    ActoConjunto(
        codigo="habilitacion",
        nombre=_l("Otorgar una habilitación"),
        facultad=Facultad.REGULAR.value,
        cuerpo=CuerpoDeOtorgamiento,
        ejecutar=_otorgar,
        en_palabras=_en_palabras,
        exige=_exige,
    )
)
