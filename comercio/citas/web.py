"""Pages of the appointment of an order, for both sides of it, and the agenda of a day for who sells."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.agenda import (
    EN_PIE,
    EstadoCita,
    Hora,
    Lado,
    SinCita,
    agendas_de,
    cita_de,
    dia_siguiente,
    horas_libres,
    propuesta_de,
)
from comercio.agenda.modelos import Agenda
from comercio.catalogo import Modalidad
from comercio.citas import acordar
from comercio.citas.consultas import dia_de
from comercio.citas.formularios import (
    AUSENCIA,
    HORA,
    RESPUESTA,
    HojaDeAusencia,
    HojaDeHora,
    HojaDeRespuesta,
)
from comercio.compra import POR_DESPACHAR, EstadoServicio
from comercio.compra.modelos import Pedido, Servicio
from comercio.pedidos import Salida, detalle_pedido, salida
from comercio.vendedores import mesa_de
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.lectores import Ilegible, leer_fecha
from nucleo.plantillas import filtro_fecha, filtro_fecha_hora, filtro_hora
from nucleo.reloj import ZONA, ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()


@salida("cita")
def a_la_cita(sesion: Session, pedido: Pedido, vende: bool) -> Salida | None:
    """To the appointment of an order; it stands out while that side has to choose or to answer."""
    if pedido.modalidad != Modalidad.SERVICIO or sesion.get_one(Servicio, pedido.id).agenda_id is None:
        return None
    url = f"/pedidos/{pedido.id}/cita"
    cita, propuesta = cita_de(sesion, pedido.id), propuesta_de(sesion, pedido.id)
    if cita is None:
        if vende or pedido.estado not in POR_DESPACHAR:
            return None
        return Salida(_("Elegir el día y la hora"), url, "calendar", "primario")
    if propuesta is not None and propuesta.propuso != (Lado.VENDEDOR if vende else Lado.COMPRADOR):
        return Salida(_("Le piden mover la cita: responder"), url, "calendar", "primario")
    texto = _("Cita: %(cuando)s") % {"cuando": filtro_fecha_hora(cita.inicio)}
    return Salida(texto, url, "calendar")


@router.get("/pedidos/{pedido_id}/cita")
def ver(request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, dia: str = "") -> Response:
    return _pagina(request, sesion, actor, pedido_id, dia)


@router.post("/pedidos/{pedido_id}/cita")
def pedir(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeHora
) -> Response:
    with hoja:
        if not hoja.ya_hecha:
            cita = acordar.pedir_hora(sesion, actor, pedido_id, hoja.datos.inicio)
            if cita.estado == EstadoCita.PROPUESTA:
                return redirigir(f"/pedidos/{pedido_id}/cita", _("Pedido: espere la respuesta."))
        fijada = _("Su cita está fijada: %(cuando)s.") % {"cuando": filtro_fecha_hora(hoja.datos.inicio)}
        return redirigir(f"/pedidos/{pedido_id}/cita", fijada)
    return _pagina(request, sesion, actor, pedido_id, hoja.valores.get("inicio", "")[:10], hoja)


@router.post("/pedidos/{pedido_id}/cita/respuesta")
def responder(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRespuesta
) -> Response:
    with hoja:
        acordar.responder_cambio(sesion, actor, pedido_id, hoja.datos.cita_id, hoja.datos.acepta)
        aviso = _("La cita se movió.") if hoja.datos.acepta else _("La cita queda como estaba.")
        return redirigir(f"/pedidos/{pedido_id}/cita", aviso)
    return _pagina(request, sesion, actor, pedido_id, "", hoja)


@router.post("/pedidos/{pedido_id}/cita/ausencia")
def declarar_ausencia(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeAusencia
) -> Response:
    with hoja:
        acordar.declarar_ausencia(sesion, actor, pedido_id)
        return redirigir(f"/pedidos/{pedido_id}/cita", _("Anotado. Avisamos a la otra parte."))
    return _pagina(request, sesion, actor, pedido_id, "", hoja)


@router.get("/vender/agenda")
def ver_agenda(
    request: Request, sesion: Sesion, actor: ActorRequerido, unidad: str = "", dia: str = ""
) -> Response:
    """Whom a unit attends on a day."""
    mesa = mesa_de(request, sesion, actor, unidad)
    if isinstance(mesa, Response):
        return mesa
    hoy = fecha_bolivia(ahora_bd(sesion))
    mirado = _dia(dia, hoy)
    agendas = agendas_de(sesion, mesa.tienda.id)
    citas = dia_de(sesion, agendas, mirado)
    return pagina(
        request,
        "comercio/citas/agenda.html",
        unidad=mesa.tienda,
        tiendas=mesa.tiendas,
        agendas=agendas,
        dia=mirado,
        hoy=hoy,
        antes=mirado - timedelta(days=1),
        despues=mirado + timedelta(days=1),
        citas=citas,
        sigue=None if citas else dia_siguiente(sesion, [a.id for a in agendas], mirado),
    )


def _dia(dicho: str, si_no: date) -> date:
    try:
        return leer_fecha(dicho) if dicho else si_no
    except Ilegible:
        return si_no


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor,
    pedido_id: UUID,
    dia: str,
    hoja: Hoja[Any] | None = None,
) -> Response:
    detalle = detalle_pedido(sesion, actor, pedido_id)
    servicio, cita, propuesta = detalle.servicio, detalle.cita, detalle.propuesta
    if servicio is None or servicio.agenda_id is None or servicio.duracion_min is None:
        raise SinCita()
    ahora = ahora_bd(sesion)
    lado = Lado.COMPRADOR if detalle.es_comprador else Lado.VENDEDOR
    espera = servicio.estado == EstadoServicio.AGENDADO and detalle.pedido.estado in POR_DESPACHAR
    elige = espera and (lado is Lado.COMPRADOR if cita is None else cita.inicio > ahora)
    agenda = sesion.get_one(Agenda, servicio.agenda_id)
    libres = horas_libres(sesion, agenda, servicio.duracion_min) if elige else []
    dias = list(dict.fromkeys(fecha_bolivia(h.inicio) for h in libres))
    elegido = next((d for d in dias if d.isoformat() == dia), dias[0] if dias else None)
    return pagina(
        request,
        "comercio/citas/cita.html",
        hoja=hoja,
        detalle=detalle,
        pedido=detalle.pedido,
        agenda=agenda,
        duracion_min=servicio.duracion_min,
        cita=cita,
        propuesta=propuesta,
        lado=lado,
        elige=elige,
        responde=espera and propuesta is not None and propuesta.propuso != lado,
        falta=espera and cita is not None and cita.estado in EN_PIE and cita.fin <= ahora,
        dias=[(d.isoformat(), filtro_fecha(d, "EEEE d 'de' MMMM")) for d in dias],
        elegido=elegido,
        hora=HORA.mostrar(
            request,
            {},
            enviada=hoja,
            opciones={"inicio": [_opcion(h) for h in libres if fecha_bolivia(h.inicio) == elegido]},
        ),
        respuesta=RESPUESTA.mostrar(request, {"cita_id": propuesta.id if propuesta else None}, enviada=hoja),
        ausencia=AUSENCIA.mostrar(request, {}, enviada=hoja),
    )


def _opcion(hora: Hora) -> tuple[str, str]:
    dicho = filtro_fecha(hora.inicio, "EEE d 'de' MMM"), filtro_hora(hora.inicio)
    return hora.inicio.astimezone(ZONA).strftime("%Y-%m-%dT%H:%M"), ", ".join(dicho)
