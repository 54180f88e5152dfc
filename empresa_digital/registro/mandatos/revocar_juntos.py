"""The revocation of a mandate as a joint act: what those who only administer together sign."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session

from empresa_digital.registro.mandatos.consultas import mandato_por_id, nombres_de_apoderados
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.palabras import facultades_en_palabras
from empresa_digital.registro.mandatos.revocar import exigir_revocable, revocar_mandato
from empresa_digital.registro.mandatos.tipos import Facultad
from nucleo.actor import Actor
from nucleo.actos import ActoConjunto, Propuesto, acto_conjunto
from nucleo.lectores import texto_obligatorio
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class CuerpoDeRevocacion(BaseModel):
    model_config = ConfigDict(frozen=True)

    mandato: UUID
    motivo: str
    efecto: datetime | None = None


def revocar_o_proponer(
    sesion: Session, actor: Actor, mandato_id: UUID, motivo: str, *, efecto: datetime | None = None
) -> Mandato | Propuesto:
    """`revocar_mandato` for whoever may alone; for who only may with others, it waits for the others."""
    razon = texto_obligatorio("motivo", motivo, _("Escriba por qué lo revoca."))
    cuerpo = CuerpoDeRevocacion(mandato=mandato_id, motivo=razon, efecto=efecto)
    return REVOCACION.hacer(sesion, actor, cuerpo)


def _revocar(sesion: Session, actor: Actor, cuerpo: CuerpoDeRevocacion) -> Mandato:
    return revocar_mandato(sesion, actor, cuerpo.mandato, cuerpo.motivo, efecto=cuerpo.efecto)


def _exigir_que_se_pueda(sesion: Session, _actor: Actor, cuerpo: CuerpoDeRevocacion) -> None:
    exigir_revocable(sesion, mandato_por_id(sesion, cuerpo.mandato), cuerpo.efecto)


def _en_palabras(sesion: Session, cuerpo: CuerpoDeRevocacion) -> Sequence[tuple[str, str]]:
    mandato = mandato_por_id(sesion, cuerpo.mandato)
    desde = _("Que firmen los que faltan") if cuerpo.efecto is None else filtro_fecha_hora(cuerpo.efecto)
    return [
        (_("Termina el mandato de"), nombres_de_apoderados(sesion, [mandato])[mandato.id]),
        (_("Que podía"), facultades_en_palabras(mandato.facultades)),
        (_("Desde"), desde),
        (_("Motivo"), cuerpo.motivo),
    ]


REVOCACION: ActoConjunto[CuerpoDeRevocacion, Mandato] = acto_conjunto(
    ActoConjunto(
        codigo="revocacion",
        nombre=_l("Revocación de un mandato"),
        facultad=Facultad.ADMINISTRAR.value,
        cuerpo=CuerpoDeRevocacion,
        ejecutar=_revocar,
        en_palabras=_en_palabras,
        exige=_exigir_que_se_pueda,
    )
)
