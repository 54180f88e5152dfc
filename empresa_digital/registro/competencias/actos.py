"""Competences given and withdrawn, norms listed and ended, as joint acts: two officials sign."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session

from empresa_digital.registro.catalogos import nombre_de_lugar
from empresa_digital.registro.competencias.consultas import competencia_por_id
from empresa_digital.registro.competencias.exigir import exigir_competencia
from empresa_digital.registro.competencias.modelos import Competencia, Norma
from empresa_digital.registro.competencias.normas import agregar_norma, derogar_norma
from empresa_digital.registro.competencias.otorgar import (
    NuevaCompetencia,
    otorgar_competencia,
    retirar_competencia,
)
from empresa_digital.registro.competencias.palabras import MATERIAS, nombre_de_clase
from empresa_digital.registro.competencias.tipos import Materia
from empresa_digital.registro.mandatos import Facultad
from empresa_digital.registro.unidades import unidad_por_id
from nucleo.actor import Actor
from nucleo.actos import ActoConjunto, Propuesto, acto_conjunto
from nucleo.plantillas import filtro_fecha
from nucleo.plazos import NACIONAL
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class CuerpoDeCompetencia(BaseModel):
    model_config = ConfigDict(frozen=True)

    autoridad: UUID
    materia: Materia
    norma: str
    vigente_desde: date
    vigente_hasta: date | None = None
    clase: str | None = None
    lugar: str | None = None


class CuerpoDeRetiro(BaseModel):
    model_config = ConfigDict(frozen=True)

    competencia: UUID
    motivo: str


class CuerpoDeNorma(BaseModel):
    model_config = ConfigDict(frozen=True)

    codigo: str
    titulo: str
    vigente_desde: date
    confirmado: bool = False


class CuerpoDeDerogacion(BaseModel):
    model_config = ConfigDict(frozen=True)

    codigo: str
    vigente_hasta: date


def _otorgar(sesion: Session, actor: Actor, c: CuerpoDeCompetencia) -> Competencia:
    nueva = NuevaCompetencia(c.materia, c.norma, c.vigente_desde, c.vigente_hasta, c.clase, c.lugar)
    return otorgar_competencia(sesion, actor, c.autoridad, nueva)


def _retirar(sesion: Session, actor: Actor, c: CuerpoDeRetiro) -> Competencia:
    return retirar_competencia(sesion, actor, c.competencia, c.motivo)


def _otorgar_en_palabras(sesion: Session, c: CuerpoDeCompetencia) -> Sequence[tuple[str, str]]:
    return [
        (_("Autoridad"), unidad_por_id(sesion, c.autoridad).nombre),
        (_("Decidirá"), str(MATERIAS[c.materia])),
        (_("De qué clase"), nombre_de_clase(c.clase)),
        (_("Dónde"), nombre_de_lugar(sesion, c.lugar or NACIONAL)),
        (_("Norma"), c.norma),
        (_("Desde"), filtro_fecha(c.vigente_desde)),
        (_("Hasta"), filtro_fecha(c.vigente_hasta) if c.vigente_hasta else _("Sin fecha final")),
    ]


def _retirar_en_palabras(sesion: Session, c: CuerpoDeRetiro) -> Sequence[tuple[str, str]]:
    fila = competencia_por_id(sesion, c.competencia)
    return [
        (_("Autoridad"), unidad_por_id(sesion, fila.autoridad_id).nombre),
        (_("Deja de decidir"), str(MATERIAS[fila.materia])),
        (_("Motivo"), c.motivo),
    ]


def _agregar_norma(sesion: Session, actor: Actor, c: CuerpoDeNorma) -> Norma:
    return agregar_norma(sesion, actor, **c.model_dump())


def _derogar_norma(sesion: Session, actor: Actor, c: CuerpoDeDerogacion) -> Norma:
    return derogar_norma(sesion, actor, c.codigo, c.vigente_hasta)


def _norma_en_palabras(_sesion: Session, c: CuerpoDeNorma) -> Sequence[tuple[str, str]]:
    return [
        (_("Norma"), c.codigo),
        (_("Título"), c.titulo),
        (_("Vigente desde"), filtro_fecha(c.vigente_desde)),
        (_("Texto"), _("Leído en la gaceta") if c.confirmado else _("Sin confirmar")),
    ]


def _derogacion_en_palabras(_sesion: Session, c: CuerpoDeDerogacion) -> Sequence[tuple[str, str]]:
    return [(_("Norma"), c.codigo), (_("Vigente hasta"), filtro_fecha(c.vigente_hasta))]


def _exige(sesion: Session, actor: Actor, _cuerpo: BaseModel) -> None:
    exigir_competencia(sesion, actor, Materia.COMPETENCIAS)


OTORGAMIENTO: ActoConjunto[CuerpoDeCompetencia, Competencia] = acto_conjunto(
    ActoConjunto(
        codigo="competencia.otorgar",
        nombre=_l("Dar una competencia"),
        facultad=Facultad.REGULAR.value,
        cuerpo=CuerpoDeCompetencia,
        ejecutar=_otorgar,
        en_palabras=_otorgar_en_palabras,
        exige=_exige,
        firmas_minimas=2,
    )
)
RETIRO_DE_COMPETENCIA: ActoConjunto[CuerpoDeRetiro, Competencia] = acto_conjunto(
    ActoConjunto(
        codigo="competencia.retirar",
        nombre=_l("Retirar una competencia"),
        facultad=Facultad.REGULAR.value,
        cuerpo=CuerpoDeRetiro,
        ejecutar=_retirar,
        en_palabras=_retirar_en_palabras,
        exige=_exige,
        firmas_minimas=2,
    )
)

NORMA_NUEVA: ActoConjunto[CuerpoDeNorma, Norma] = acto_conjunto(
    ActoConjunto(
        codigo="norma.agregar",
        nombre=_l("Agregar una norma"),
        facultad=Facultad.REGULAR.value,
        cuerpo=CuerpoDeNorma,
        ejecutar=_agregar_norma,
        en_palabras=_norma_en_palabras,
        exige=_exige,
        firmas_minimas=2,
    )
)
DEROGACION_DE_NORMA: ActoConjunto[CuerpoDeDerogacion, Norma] = acto_conjunto(
    ActoConjunto(
        codigo="norma.derogar",
        nombre=_l("Derogar una norma"),
        facultad=Facultad.REGULAR.value,
        cuerpo=CuerpoDeDerogacion,
        ejecutar=_derogar_norma,
        en_palabras=_derogacion_en_palabras,
        exige=_exige,
        firmas_minimas=2,
    )
)


def propuesto(hecho: Competencia | Norma | Propuesto) -> Propuesto:
    """What the first of the two who sign gets: never the thing done."""
    assert isinstance(hecho, Propuesto)
    return hecho
