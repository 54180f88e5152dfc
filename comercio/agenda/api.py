"""JSON routes of agendas: when a seller attends, and when somebody still fits."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Security
from sqlmodel import Session

from ciudadania import actor_requerido
from comercio.agenda.consultas import (
    agendas_de,
    citas_del_dia,
    con_cita,
    de_la_agenda,
    horas_libres,
    semana_de,
)
from comercio.agenda.declarar import (
    DatosDeAgenda,
    abrir_agenda,
    agenda_propia,
    atender_con_cita,
    cambiar_agenda,
)
from comercio.agenda.errores import SinCita
from comercio.agenda.esquemas import (
    AgendaEscrita,
    AgendaFicha,
    AgendaNueva,
    Agendas,
    CitaFicha,
    CitasDelDia,
    HoraLibre,
    HorasLibres,
    ServicioConCita,
    ServicioConCitaFicha,
)
from comercio.agenda.modelos import Agenda
from empresa_digital.registro import Facultad, exigir_facultad
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.lectores import Fecha
from nucleo.semanas import SemanaEscrita
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["pedidos"])
Vendedor = Annotated[Actor, Security(actor_requerido, scopes=["pedidos"])]


@router.get("/agendas", responses=respuestas(403, 404))
def ver_agendas(
    sesion: Sesion, actor: Vendedor, unidad_id: Annotated[UUID, Query(description="Unidad que vende.")]
) -> Agendas:
    """Las agendas de una unidad, y lo que se atiende en cada una."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER)
    return Agendas(datos=[_ficha(sesion, a) for a in agendas_de(sesion, unidad_id)])


@router.post("/agendas", status_code=201, responses=respuestas(403, 404, 409))
def abrir(datos: AgendaNueva, sesion: Sesion, actor: Vendedor, _: Idempotente) -> AgendaFicha:
    """Abre una agenda: qué días y horas se atiende, a cuántos a la vez y con cuántos días de aviso."""
    return _ficha(sesion, abrir_agenda(sesion, actor, datos.unidad_id, _leida(datos)))


@router.put("/agendas/{agenda_id}", responses=respuestas(403, 404, 409))
def cambiar(agenda_id: UUID, datos: AgendaEscrita, sesion: Sesion, actor: Vendedor) -> AgendaFicha:
    """Cambia una agenda desde ahora; las citas que ya hay quedan como están."""
    return _ficha(sesion, cambiar_agenda(sesion, actor, agenda_id, _leida(datos)))


@router.put("/agendas/{agenda_id}/servicios", responses=respuestas(403, 404, 422))
def con_cita_o_sin(agenda_id: UUID, datos: ServicioConCita, sesion: Sesion, actor: Vendedor) -> AgendaFicha:
    """Desde ahora una variante de un servicio se atiende con cita en esta agenda, o ya no."""
    return _ficha(sesion, atender_con_cita(sesion, actor, agenda_id, datos.variante_id, datos.duracion_min))


@router.get("/agendas/{agenda_id}/citas", responses=respuestas(404))
def ver_citas(agenda_id: UUID, dia: Fecha, sesion: Sesion, actor: Vendedor) -> CitasDelDia:
    """Las citas de un día de una agenda, por hora."""
    agenda = agenda_propia(sesion, actor, agenda_id)
    citas = citas_del_dia(sesion, [agenda.id], dia)
    return CitasDelDia(dia=dia, datos=[CitaFicha.model_validate(c, from_attributes=True) for c in citas])


@router.get(
    "/variantes/{variante_id}/horas-libres", responses=respuestas(404), dependencies=[Depends(publico)]
)
def ver_horas_libres(variante_id: UUID, sesion: Sesion, desde: Fecha | None = None) -> HorasLibres:
    """Cuándo se puede pedir cita para un servicio: sin feriados ni vacaciones, con los días de aviso que pide
    quien vende. Ninguna se aparta hasta que quien compró la elige."""
    suya = con_cita(sesion, [variante_id]).get(variante_id)
    if suya is None:
        raise SinCita()
    agenda = sesion.get_one(Agenda, suya.agenda_id)
    libres = horas_libres(sesion, agenda, suya.duracion_min, desde)
    return HorasLibres(
        duracion_min=suya.duracion_min,
        dias_de_aviso=agenda.dias_de_aviso,
        datos=[HoraLibre(inicio=h.inicio, fin=h.fin, quedan=h.quedan) for h in libres],
    )


def _leida(datos: AgendaEscrita) -> DatosDeAgenda:
    return DatosDeAgenda(
        datos.nombre, datos.capacidad, datos.dias_de_aviso, datos.horario.semana(), datos.lugar
    )


def _ficha(sesion: Session, agenda: Agenda) -> AgendaFicha:
    return AgendaFicha(
        id=agenda.id,
        nombre=agenda.nombre,
        lugar=agenda.lugar,
        capacidad=agenda.capacidad,
        dias_de_aviso=agenda.dias_de_aviso,
        horario=SemanaEscrita.de(semana_de(sesion, agenda.id)),
        servicios=[
            ServicioConCitaFicha(variante_id=x.variante_id, duracion_min=x.duracion_min)
            for x in de_la_agenda(sesion, agenda.id)
        ],
    )
