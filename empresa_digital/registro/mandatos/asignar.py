"""An office says which of its people serve which of its clients; the others do not reach them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from ciudadania import Riesgo, exigir_sesion_reciente, notificar
from empresa_digital.registro.mandatos.avisos import AVISO_MANDATO
from empresa_digital.registro.mandatos.bloqueos import bloquear_mandatos
from empresa_digital.registro.mandatos.consultas import mandato_por_id
from empresa_digital.registro.mandatos.errores import MandatoNoEncontrado
from empresa_digital.registro.mandatos.facultades import exigir_facultad, vigente
from empresa_digital.registro.mandatos.modelos import Asignacion, Mandato
from empresa_digital.registro.mandatos.tipos import Facultad
from empresa_digital.registro.unidades import nombres_de_unidades
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


def asignar_cliente(sesion: Session, actor: Actor, mandato_id: UUID, personas: Iterable[UUID]) -> None:
    """Let exactly these people of an office serve the client that gave it this mandate.

    Whoever administers the office says so. Raises `MandatoNoEncontrado`, `SinFacultad`, `SesionNoReciente`,
    `DatosInvalidos` (somebody is not of the office).
    """
    mandato = mandato_por_id(sesion, mandato_id)
    if mandato.apoderado_unidad_id is None:
        raise MandatoNoEncontrado()
    autorizacion = exigir_facultad(sesion, actor, mandato.apoderado_unidad_id, Facultad.ADMINISTRAR)
    exigir_sesion_reciente(actor, Riesgo.PODERES)
    bloquear_mandatos(sesion, [mandato.id])
    atienden = {a.persona_id: a for a in _vivas(sesion, [mandato.id])}
    quieren = set(personas)
    ajenas = quieren - atienden.keys() - gente_de(sesion, mandato.apoderado_unidad_id)
    if ajenas:
        raise DatosInvalidos(campos={"personas": _("Elija a personas con un mandato de la oficina.")})
    momento = ahora_bd(sesion)
    for persona_id in sorted(quieren - atienden.keys()):
        asignar_con(sesion, autorizacion, mandato, persona_id, momento)
    for persona_id in sorted(atienden.keys() - quieren):
        _retirar(sesion, autorizacion, atienden[persona_id], momento)
    sesion.flush()


def asignar_con(
    sesion: Session, autorizacion: Autorizacion, mandato: Mandato, persona_id: UUID, momento: datetime
) -> None:
    """Assign somebody, for a caller that holds the authority over the office."""
    for vieja in sesion.exec(
        _sin_retirar([mandato.id]).where(col(Asignacion.persona_id) == persona_id)
    ).all():
        _retirar(sesion, autorizacion, vieja, momento)  # of before they left the office
    sesion.flush()
    fila = Asignacion(
        mandato_id=mandato.id,
        persona_id=persona_id,
        asignada_en=momento,
        asignada_por=autorizacion.actor.persona_id,
    )
    sesion.add(fila)
    sesion.flush()
    datos = {"mandato": str(mandato.id), "persona": str(persona_id)}
    auditar(sesion, autorizacion, "cliente.asignar", "registro_asignacion", fila.id, datos)
    if persona_id != autorizacion.actor.persona_id:
        cliente = nombres_de_unidades(sesion, [mandato.unidad_id])[mandato.unidad_id]
        notificar(
            sesion,
            persona_id=persona_id,
            asunto=_("Ahora atiende a %(unidad)s") % {"unidad": cliente},
            enlace="/mis-clientes",
            clase=AVISO_MANDATO,
        )


def retirar_de_la_oficina(
    sesion: Session, autorizacion: Autorizacion, oficina_id: UUID, persona_id: UUID, cuando: datetime
) -> None:
    """Who leaves an office serves none of its clients from then on, not even if they come back."""
    siguen = select(Mandato.id).where(
        col(Mandato.unidad_id) == oficina_id,
        col(Mandato.apoderado_persona_id) == persona_id,
        or_(col(Mandato.revocado_en).is_(None), col(Mandato.revocado_en) > cuando),
        or_(col(Mandato.valido_hasta).is_(None), col(Mandato.valido_hasta) > cuando),
    )
    if sesion.exec(siguen).first() is not None:
        return
    clientes = select(Mandato.id).where(col(Mandato.apoderado_unidad_id) == oficina_id)
    consulta = select(Asignacion).where(
        col(Asignacion.mandato_id).in_(clientes), col(Asignacion.persona_id) == persona_id
    )
    for fila in sesion.exec(consulta):
        if fila.retirada_en is None or fila.retirada_en > cuando:
            _retirar(sesion, autorizacion, fila, cuando)
    sesion.flush()


def _retirar(sesion: Session, autorizacion: Autorizacion, fila: Asignacion, cuando: datetime) -> None:
    fila.retirada_en, fila.retirada_por = cuando, autorizacion.actor.persona_id
    sesion.add(fila)
    datos = {"mandato": str(fila.mandato_id), "persona": str(fila.persona_id)}
    auditar(sesion, autorizacion, "cliente.retirar", "registro_asignacion", fila.id, datos)


def gente_de(sesion: Session, unidad_id: UUID) -> set[UUID]:
    """The people with a valid mandate of a unit."""
    consulta = select(Mandato.apoderado_persona_id).where(
        col(Mandato.unidad_id) == unidad_id,
        col(Mandato.apoderado_persona_id).is_not(None),
        vigente(Mandato, func.nucleo_ahora()),
    )
    return {persona_id for persona_id in sesion.exec(consulta) if persona_id is not None}


def _sin_retirar(mandatos: Iterable[UUID]) -> SelectOfScalar[Asignacion]:
    return select(Asignacion).where(
        col(Asignacion.mandato_id).in_(list(mandatos)), col(Asignacion.retirada_en).is_(None)
    )


def _vivas(sesion: Session, mandatos: Iterable[UUID]) -> list[Asignacion]:
    """Those that hold: who left the office since then, were it by a mandate that expired, is not there."""
    suyo = func.registro_asignado(Asignacion.mandato_id, Asignacion.persona_id, func.nucleo_ahora())
    consulta = _sin_retirar(mandatos).where(suyo)
    return list(sesion.exec(consulta.order_by(col(Asignacion.asignada_en), col(Asignacion.id))))


def asignados(sesion: Session, mandatos: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """Who serves each of these clients: `{mandate: [person]}`."""
    quienes: dict[UUID, list[UUID]] = {}
    for fila in _vivas(sesion, mandatos):
        quienes.setdefault(fila.mandato_id, []).append(fila.persona_id)
    return quienes
