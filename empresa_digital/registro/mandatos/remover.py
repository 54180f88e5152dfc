"""Putting out somebody who administers as an equal: two administrators of independent origin sign it."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import text
from sqlmodel import Session, col, select

from empresa_digital.registro.mandatos.cadenas import ascendientes
from empresa_digital.registro.mandatos.consultas import mandato_por_id, nombres_de_apoderados
from empresa_digital.registro.mandatos.errores import FaltaOtroAdministrador
from empresa_digital.registro.mandatos.facultades import exigir_facultad
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.otorgar import ADMINISTRABLES
from empresa_digital.registro.mandatos.revocar import revocar_con
from empresa_digital.registro.mandatos.tipos import Facultad
from empresa_digital.registro.unidades import bloquear_unidad, unidad_por_id
from nucleo.actor import Actor
from nucleo.actos import ActoConjunto, Propuesto, acto_conjunto
from nucleo.lectores import texto_obligatorio
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

_FIRMAS = text(
    "SELECT persona_id, mandato_id, mandato_propio_id "
    "FROM registro_firmas_validas(CAST(:acto AS uuid), nucleo_ahora())"
)


class CuerpoDeRemocion(BaseModel):
    model_config = ConfigDict(frozen=True)

    unidad: UUID
    mandato: UUID
    motivo: str


def proponer_remocion(sesion: Session, actor: Actor, mandato_id: UUID, motivo: str) -> Propuesto:
    """Leave it waiting for the signature of another administrator.

    Raises `SinFacultad`, `SesionNoReciente`, and `NadieMasFirma` when nobody else administers: then it is for
    the authority.
    """
    mandato = mandato_por_id(sesion, mandato_id)
    razon = texto_obligatorio("motivo", motivo, _("Escriba por qué lo revoca."))
    cuerpo = CuerpoDeRemocion(unidad=mandato.unidad_id, mandato=mandato.id, motivo=razon)
    return REMOCION.proponer(sesion, actor, cuerpo, unidad_id=mandato.unidad_id)


def _remover(sesion: Session, actor: Actor, cuerpo: CuerpoDeRemocion) -> Mandato:
    unidad = bloquear_unidad(sesion, cuerpo.unidad)
    mandato = mandato_por_id(sesion, cuerpo.mandato)
    autorizacion = exigir_facultad(sesion, actor, unidad.id, Facultad.ADMINISTRAR, estados=ADMINISTRABLES)
    if actor.acto is None or not _firman_independientes(sesion, actor.acto, mandato):
        raise FaltaOtroAdministrador(
            _(
                "Hace falta la firma de otra persona que administre, que no sea la que se quita ni haya"
                " recibido su mandato de quien ya firmó."
            )
        )
    return revocar_con(sesion, unidad, autorizacion, mandato, cuerpo.motivo)


def _firman_independientes(sesion: Session, acto: UUID, mandato: Mandato) -> bool:
    """Whether two of who signed and still may, neither the one put out, do not come from one another nor from
    a third who is not that one: somebody who hands out mandates, of the unit or of an office that acts for
    it, does not so become two.
    """
    suyos = _origen(sesion, mandato.id)
    origenes = [
        {firma.persona_id}.union(*(_origen(sesion, m) for m in firma[1:] if m is not None)) - suyos
        for firma in sesion.connection().execute(_FIRMAS, {"acto": acto})
        if firma.persona_id != mandato.apoderado_persona_id and firma.mandato_id != mandato.id
    ]
    return any(uno.isdisjoint(otro) for n, uno in enumerate(origenes) for otro in origenes[n + 1 :])


def _origen(sesion: Session, mandato_id: UUID) -> set[UUID]:
    """A mandate, those from which it comes, and the people who hold them: they may hold others too."""
    mandatos = ascendientes(sesion, mandato_id) | {mandato_id}
    personas = sesion.exec(select(Mandato.apoderado_persona_id).where(col(Mandato.id).in_(mandatos)))
    return {*mandatos, *(p for p in personas if p is not None)}


def _en_palabras(sesion: Session, cuerpo: CuerpoDeRemocion) -> Sequence[tuple[str, str]]:
    mandato = mandato_por_id(sesion, cuerpo.mandato)
    return [
        (_("Deja de administrar"), nombres_de_apoderados(sesion, [mandato])[mandato.id]),
        (_("La unidad"), unidad_por_id(sesion, cuerpo.unidad).nombre),
        (_("Motivo"), cuerpo.motivo),
    ]


REMOCION: ActoConjunto[CuerpoDeRemocion, Mandato] = acto_conjunto(
    ActoConjunto(
        codigo="remocion",
        nombre=_l("Quitar a quien administra"),
        facultad=Facultad.ADMINISTRAR.value,
        cuerpo=CuerpoDeRemocion,
        ejecutar=_remover,
        en_palabras=_en_palabras,
        firmas_minimas=2,
        se_rechaza=False,
    )
)
