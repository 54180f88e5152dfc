"""Places of an agenda, taken and left. Who calls has locked the order."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.agenda.bloqueos import bloquear_agenda
from comercio.agenda.consultas import cita_de, horas_libres, puesto_libre
from comercio.agenda.errores import HoraOcupada
from comercio.agenda.estados import EN_PIE, VIDA_CITA, EstadoCita, Lado
from comercio.agenda.modelos import Agenda, Cita
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _


def apartar(
    sesion: Session,
    pedido_id: UUID,
    agenda_id: UUID,
    duracion_min: int,
    inicio: datetime,
    propuso: Lado,
    responder_hasta: datetime | None = None,
) -> Cita:
    """A place at that hour: fixed, or proposed to the other side until an instant. Raises `HoraOcupada`."""
    agenda = bloquear_agenda(sesion, agenda_id)
    fin = inicio + timedelta(minutes=duracion_min)
    puesto = puesto_libre(sesion, agenda, inicio, fin)
    if puesto is None or not _se_ofrece(sesion, agenda, duracion_min, inicio):
        texto = _("Esa hora ya no está libre: elija otra.")
        raise HoraOcupada(texto, campos={"inicio": texto})
    cita = Cita(
        pedido_id=pedido_id,
        agenda_id=agenda_id,
        puesto=puesto,
        inicio=inicio,
        fin=fin,
        cancelar_hasta=inicio - timedelta(days=agenda.dias_de_aviso),
        estado=EstadoCita.FIJADA if responder_hasta is None else EstadoCita.PROPUESTA,
        propuso=propuso,
        responder_hasta=responder_hasta,
    )
    sesion.add(cita)
    sesion.flush()
    return cita


def _se_ofrece(sesion: Session, agenda: Agenda, duracion_min: int, inicio: datetime) -> bool:
    dia = fecha_bolivia(inicio)
    return any(h.inicio == inicio for h in horas_libres(sesion, agenda, duracion_min, dia, 1))


def pasar_cita(sesion: Session, cita: Cita, estado: EstadoCita) -> None:
    """One step of its life."""
    VIDA_CITA.pasar(cita, estado)
    cita.responder_hasta = None
    if estado in VIDA_CITA.fines:
        cita.terminada_en = ahora_bd(sesion)
    sesion.flush()


def cerrar_citas(sesion: Session, pedido_id: UUID, fin: EstadoCita) -> None:
    """The service was done, or will not be: its appointment ends so, and nobody waits for an answer."""
    abiertas: Collection[str] = (*EN_PIE, EstadoCita.PROPUESTA)
    consulta = select(Cita).where(col(Cita.pedido_id) == pedido_id, col(Cita.estado).in_(abiertas))
    for cita in sesion.exec(consulta.execution_options(populate_existing=True)).all():
        pasar_cita(sesion, cita, EstadoCita.DESCARTADA if cita.estado == EstadoCita.PROPUESTA else fin)


def ya_empezo(sesion: Session, pedido_id: UUID) -> bool:
    """Whether the hour of the appointment of an order came."""
    cita = cita_de(sesion, pedido_id)
    return cita is not None and cita.inicio <= ahora_bd(sesion)


def se_puede_cancelar(sesion: Session, pedido_id: UUID) -> bool:
    """Whether who bought is in time to cancel: before the notice that the agenda asks for."""
    cita = cita_de(sesion, pedido_id)
    return cita is None or ahora_bd(sesion) <= cita.cancelar_hasta
