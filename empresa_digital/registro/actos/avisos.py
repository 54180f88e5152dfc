"""Notices of joint acts: to who may sign when it is proposed, to who proposed it of each step."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlmodel import Session

from ciudadania import clase, notificar
from empresa_digital.registro.actos.consultas import firmas_de
from empresa_digital.registro.actos.estados import EstadoActo
from empresa_digital.registro.actos.modelos import ActoPendiente
from empresa_digital.registro.unidades import nombres_de_unidades
from nucleo.actor import Actor
from nucleo.actos import ActoConjunto
from nucleo.dinero import formato_bs
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

AVISO_ACTO = clase(
    "registro.acto",
    _l("Actos por firmar"),
    _l("%(n)s avisos de un acto por firmar"),
    por_objeto=True,
    icono="pen-line",
)
Definicion = ActoConjunto[Any, Any]
_ASUNTOS = {
    EstadoActo.RECHAZADO: _l("Se rechazó: %(acto)s"),
    EstadoActo.RETIRADO: _l("Se retiró: %(acto)s"),
    EstadoActo.VENCIDO: _l("Venció sin las firmas que faltaban: %(acto)s"),
}


def propuesto(sesion: Session, acto: ActoPendiente, definicion: Definicion, quienes: Iterable[UUID]) -> None:
    cuerpo = _("Léalo y fírmelo, o rechácelo con su motivo, hasta el %(cuando)s.") % {
        "cuando": filtro_fecha_hora(acto.vence_en)
    }
    _avisar(sesion, acto, quienes, _("Falta su firma: %(acto)s"), cuerpo, definicion)


def firmado(sesion: Session, acto: ActoPendiente, definicion: Definicion, quien: Actor) -> None:
    cuerpo = _("Firmó %(quien)s. Todavía faltan firmas.") % {"quien": quien.nombre}
    _avisar(sesion, acto, [acto.propuesto_por], _("Una firma más: %(acto)s"), cuerpo, definicion, quien)


def ejecutado(sesion: Session, acto: ActoPendiente, definicion: Definicion, quien: Actor) -> None:
    cuerpo = _("Firmó %(quien)s, era la última firma, y se hizo.") % {"quien": quien.nombre}
    _avisar(
        sesion, acto, _todos(sesion, acto), _("Hecho con sus firmas: %(acto)s"), cuerpo, definicion, quien
    )


def terminado(sesion: Session, acto: ActoPendiente, definicion: Definicion, quien: Actor) -> None:
    """It ended undone: whoever had signed learns it."""
    cuerpo = _("No se hizo nada.")
    if acto.motivo:
        cuerpo = _("%(quien)s lo rechazó. Motivo: %(motivo)s") % {
            "quien": quien.nombre,
            "motivo": acto.motivo,
        }
    asunto = str(_ASUNTOS[EstadoActo(acto.estado)])
    _avisar(sesion, acto, _todos(sesion, acto), asunto, cuerpo, definicion, quien)


def _todos(sesion: Session, acto: ActoPendiente) -> list[UUID]:
    """Who proposed it and who signed it."""
    firmas = firmas_de(sesion, [acto.id])[acto.id]
    return list(dict.fromkeys([acto.propuesto_por, *(f.persona_id for f in firmas)]))


def _avisar(
    sesion: Session,
    acto: ActoPendiente,
    quienes: Iterable[UUID],
    asunto: str,
    cuerpo: str,
    definicion: Definicion,
    menos: Actor | None = None,
) -> None:
    """Tell them, but not who has just done it."""
    que = str(definicion.nombre)
    if acto.monto is not None:
        que = _("%(que)s por %(monto)s") % {"que": que, "monto": formato_bs(acto.monto)}
    unidad = nombres_de_unidades(sesion, [acto.unidad_id])[acto.unidad_id]
    for persona_id in sorted(set(quienes) - {menos.persona_id if menos else None}):
        notificar(
            sesion,
            persona_id=persona_id,
            unidad_id=acto.unidad_id,
            clase=AVISO_ACTO,
            asunto=asunto % {"acto": que},
            cuerpo=f"{unidad}. {cuerpo}",
            enlace=f"/por-firmar/{acto.id}",
        )
