"""Certificates as joint acts: what several sign when who keeps the budget may only with others."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session

from empresa_digital.registro import unidad_por_id
from feria_inversa.certificaciones.consultas import certificacion_visible
from feria_inversa.certificaciones.esquemas import CertificacionEntrada
from feria_inversa.certificaciones.modelos import Certificacion
from feria_inversa.certificaciones.quien import MANEJA
from feria_inversa.certificaciones.registrar import anular, registrar
from nucleo.actor import Actor
from nucleo.actos import ActoConjunto, Propuesto, acto_conjunto
from nucleo.dinero import formato_bs
from nucleo.plantillas import filtro_fecha
from nucleo.plazos import inicio_del_dia
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

ACTO_DE_REGISTRO, ACTO_DE_ANULACION = "certificacion", "anulacion_de_certificacion"


class CuerpoDeRegistro(BaseModel):
    """What is signed: all that is written down of it."""

    model_config = ConfigDict(frozen=True)

    unidad_id: UUID
    id: UUID | None
    datos: CertificacionEntrada


class CuerpoDeAnulacion(BaseModel):
    """Which one, and why."""

    model_config = ConfigDict(frozen=True)

    certificacion_id: UUID
    motivo: str


def registrar_o_proponer(
    sesion: Session, actor: Actor, unidad_id: UUID, datos: CertificacionEntrada, id: UUID | None = None
) -> Certificacion | Propuesto:
    """`registrar` for whoever may alone; for who only may with others, it waits for their signatures. Raises
    what `registrar` does."""
    return REGISTRO_CONJUNTO.hacer(sesion, actor, CuerpoDeRegistro(unidad_id=unidad_id, id=id, datos=datos))


def anular_o_proponer(
    sesion: Session, actor: Actor, certificacion_id: UUID, motivo: str
) -> Certificacion | Propuesto:
    """`anular` likewise."""
    certificacion_visible(sesion, actor, certificacion_id)
    cuerpo = CuerpoDeAnulacion(certificacion_id=certificacion_id, motivo=motivo)
    return ANULACION_CONJUNTA.hacer(sesion, actor, cuerpo)


def _registro_en_palabras(sesion: Session, c: CuerpoDeRegistro) -> Sequence[tuple[str, str]]:
    d = c.datos
    del_c31 = [
        (_("Fuente de financiamiento"), d.fuente),
        (_("Organismo financiador"), d.organismo),
        (_("Dirección administrativa"), d.direccion),
        (_("Apertura programática"), d.apertura),
    ]
    return [
        (_("Entidad"), unidad_por_id(sesion, c.unidad_id).nombre),
        (_("Unidad ejecutora"), d.ejecutora),
        (_("Número de la certificación"), d.numero),
        (_("Fecha en que se emitió"), filtro_fecha(d.fecha)),
        (_("Monto certificado"), formato_bs(d.monto)),
        (_("Para qué se certifica"), d.concepto),
        (_("Partida por objeto del gasto"), d.objeto),
        *((nombre, dicho) for nombre, dicho in del_c31 if dicho),
    ]


def _anulacion_en_palabras(sesion: Session, c: CuerpoDeAnulacion) -> Sequence[tuple[str, str]]:
    fila = sesion.get_one(Certificacion, c.certificacion_id)
    return [
        (_("Certificación"), _("{numero} de {gestion}").format(numero=fila.numero, gestion=fila.gestion)),
        (_("Para qué se certificó"), fila.concepto),
        (_("Monto certificado"), formato_bs(fila.monto)),
        (_("Por qué se anula"), c.motivo),
    ]


def _fin_de_la_gestion(_sesion: Session, c: CuerpoDeRegistro) -> datetime | None:
    return inicio_del_dia(date(c.datos.fecha.year + 1, 1, 1))


REGISTRO_CONJUNTO: ActoConjunto[CuerpoDeRegistro, Certificacion] = acto_conjunto(
    ActoConjunto(
        codigo=ACTO_DE_REGISTRO,
        nombre=_l("Registro de una certificación presupuestaria"),
        facultad=MANEJA.value,
        cuerpo=CuerpoDeRegistro,
        ejecutar=lambda sesion, actor, c: registrar(sesion, actor, c.unidad_id, c.datos, c.id),
        en_palabras=_registro_en_palabras,
        vence=_fin_de_la_gestion,
        pagina=lambda c: f"/entidades/{c.unidad_id}/certificaciones",
    )
)
ANULACION_CONJUNTA: ActoConjunto[CuerpoDeAnulacion, Certificacion] = acto_conjunto(
    ActoConjunto(
        codigo=ACTO_DE_ANULACION,
        nombre=_l("Anulación de una certificación presupuestaria"),
        facultad=MANEJA.value,
        cuerpo=CuerpoDeAnulacion,
        ejecutar=lambda sesion, actor, c: anular(sesion, actor, c.certificacion_id, c.motivo),
        en_palabras=_anulacion_en_palabras,
        vence=lambda sesion, c: sesion.get_one(Certificacion, c.certificacion_id).vence_en,
        pagina=lambda c: f"/certificaciones/{c.certificacion_id}",
    )
)
