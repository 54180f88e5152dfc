"""Pages where a seller says when they attend, and what of theirs needs an appointment."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.agenda.consultas import de_la_agenda, semana_de, servicios_de
from comercio.agenda.declarar import abrir_agenda, agenda_propia, atender_con_cita, cambiar_agenda
from comercio.agenda.formularios import (
    AGENDA,
    AGENDA_NUEVA,
    CON_CITA,
    HojaDeAgenda,
    HojaDeAgendaNueva,
    HojaDeConCita,
)
from comercio.vendedores import mesa_de
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.semanas import valores_de_la_semana
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(prefix="/vender/agendas")
_SEMANA = dict.fromkeys(range(1, 6), ((540, 720), (870, 1110)))
"""What the form of a new one proposes: Monday to Friday, 9 to 12 and 14:30 to 18:30."""


@router.get("/nueva")
def nueva(request: Request, sesion: Sesion, actor: ActorRequerido, unidad: str = "") -> Response:
    return _pagina_nueva(request, sesion, actor, unidad)


@router.post("/nueva")
def abrir(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeAgendaNueva) -> Response:
    with hoja:
        agenda = abrir_agenda(sesion, actor, hoja.datos.unidad_id, hoja.datos.datos(), hoja.id)
        aviso = _("Agenda abierta: diga qué servicios se atienden en ella.")
        return redirigir(f"/vender/agendas/{agenda.id}", aviso)
    return _pagina_nueva(request, sesion, actor, hoja.valores.get("unidad_id", ""), hoja)


@router.get("/{agenda_id}")
def ver(request: Request, agenda_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina(request, sesion, actor, agenda_id)


@router.post("/{agenda_id}")
def cambiar(
    request: Request, agenda_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeAgenda
) -> Response:
    with hoja:
        cambiar_agenda(sesion, actor, agenda_id, hoja.datos.datos())
        aviso = _("Guardado. Las citas que ya hay quedan como están.")
        return redirigir(f"/vender/agendas/{agenda_id}", aviso)
    return _pagina(request, sesion, actor, agenda_id, hoja)


@router.post("/{agenda_id}/servicios")
def con_cita(
    request: Request, agenda_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeConCita
) -> Response:
    with hoja:
        atender_con_cita(sesion, actor, agenda_id, hoja.datos.variante_id, hoja.datos.duracion_min)
        return redirigir(
            f"/vender/agendas/{agenda_id}", _("Guardado. Vale para lo que se compre desde ahora.")
        )
    return _pagina(request, sesion, actor, agenda_id, hoja)


def _pagina_nueva(
    request: Request, sesion: Session, actor: Actor, unidad: str, hoja: Hoja[Any] | None = None
) -> Response:
    mesa = mesa_de(request, sesion, actor, unidad, hoja)
    if isinstance(mesa, Response):
        return mesa
    valores: dict[str, Any] = {"unidad_id": mesa.tienda.id, "capacidad": 1, "dias_de_aviso": 1}
    valores |= valores_de_la_semana("horario", _SEMANA)
    return pagina(
        request,
        "comercio/agenda/nueva.html",
        hoja=hoja,
        unidad=mesa.tienda,
        formulario=AGENDA_NUEVA.mostrar(request, valores, enviada=hoja),
    )


def _pagina(
    request: Request, sesion: Session, actor: Actor, agenda_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    agenda = agenda_propia(sesion, actor, agenda_id)
    valores = AGENDA.valores_de(agenda) | valores_de_la_semana("horario", semana_de(sesion, agenda.id))
    servicios = servicios_de(sesion, agenda.vendedor_id)
    nombres = dict(servicios)
    return pagina(
        request,
        "comercio/agenda/agenda.html",
        hoja=hoja,
        agenda=agenda,
        formulario=AGENDA.mostrar(request, valores, enviada=hoja),
        con_cita=CON_CITA.mostrar(request, {}, enviada=hoja, opciones={"variante_id": servicios}),
        servicios=[
            (nombres[x.variante_id], x.duracion_min)
            for x in de_la_agenda(sesion, agenda.id)
            if x.variante_id in nombres
        ],
        hay=bool(servicios),
    )
