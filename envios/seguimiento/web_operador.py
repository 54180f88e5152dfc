"""Pages of the postal operator's worker: the tray, one item."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorRequerido
from envios import s10
from envios.eventos import (
    CODIGOS,
    TEXTO_DE_INCIDENCIA,
    ClaseIncidencia,
    Codigo,
    Correccion,
    EventoNuevo,
    Fuente,
    MotivoCorreccion,
    QuienRecibe,
    SinDevolucion,
    anulacion_pedida,
    correcciones_de,
    corregir,
    eventos_de,
    exigir_registrado,
    incidencias_abiertas,
    registrar_evento,
    resolver_incidencia,
    responder_anulacion,
)
from envios.items import (
    Bandeja,
    EnvioNoEncontrado,
    EstadoEnvio,
    Vista,
    contar_bandejas,
    contexto,
    envio_del_operador,
    envios_de_bandeja,
    lugares_de,
    operador_de,
    tono,
    volver,
)
from envios.items.modelos import Envio
from envios.seguimiento.formularios import (
    ANULACION,
    CORRECCION,
    EVENTO,
    RAPIDOS,
    RESOLUCION,
    HojaDeAnulacion,
    HojaDeCorreccion,
    HojaDeEvento,
    HojaDeResolucion,
)
from envios.seguimiento.seguimiento import hitos_de
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.paginacion import Cursor, paginar
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(prefix="/envios/operador", include_in_schema=False)


@router.get("")
def bandeja(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    cursor: Cursor,
    unidad: UUID | None = None,
    ver: Bandeja = Bandeja.POR_ADMITIR,
) -> HTMLResponse:
    """The piles on the desk, with how many each holds; oldest first."""
    operador, todos = operador_de(sesion, actor, unidad)
    filas, siguiente = paginar(
        sesion,
        envios_de_bandeja(operador.id, ver),
        cursor,
        columnas=(Envio.estado_en, Envio.id),
        desc=ver is Bandeja.TERMINADOS,
    )
    base = f"/envios/operador?unidad={operador.id}"
    paso = Codigo.EMA if ver is Bandeja.POR_ADMITIR else Codigo.EDG
    return pagina(
        request,
        "envios/seguimiento/bandeja.html",
        operador=operador,
        operadores=todos,
        ver=ver.value,
        base=base,
        cuentas={b.value: n for b, n in contar_bandejas(sesion, operador.id).items()},
        envios=filas,
        lugares=lugares_de(sesion, filas),
        tono=tono,
        recibir={
            e.id: EVENTO.mostrar(request, {"codigo": paso, "volver": ver.value}, de=str(e.id)) for e in filas
        },
        siguiente_url=f"{base}&ver={ver.value}&cursor={siguiente}" if siguiente else None,
    )


# --- One item ----------------------------------------------------------------------------------------


@router.get("/{envio_id}")
def detalle(request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> HTMLResponse:
    return _pagina_de_envio(request, sesion, actor, envio_id)


def _pagina_de_envio(
    request: Request, sesion: Session, actor: Actor, envio_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    envio = envio_del_operador(sesion, actor, envio_id)
    eventos = eventos_de(sesion, envio.id)
    corregidos = correcciones_de(sesion, envio.id)
    corregibles = [
        e.id for e in eventos if e.operador_unidad_id == envio.custodio_unidad_id and e.id not in corregidos
    ]
    incidencias = incidencias_abiertas(sesion, envio.id)
    hitos = hitos_de(sesion, eventos, Vista.OPERADOR)
    return pagina(
        request,
        "envios/seguimiento/operador_envio.html",
        hoja=hoja,
        hitos=list(reversed(hitos)),
        rapidos=_rapidos(request, hoja),
        anulacion=anulacion_pedida(sesion, envio.id),
        respuesta=ANULACION.mostrar(request, enviada=hoja),
        corregidos={id: MotivoCorreccion(c.motivo).texto for id, c in corregidos.items()},
        correcciones={
            id: CORRECCION.mostrar(request, {"evento": str(id)}, enviada=hoja, de=str(id))
            for id in corregibles
        },
        incidencias=[
            (
                i.id,
                TEXTO_DE_INCIDENCIA[ClaseIncidencia(i.clase)],
                RESOLUCION.mostrar(request, {"incidencia": str(i.id)}, enviada=hoja, de=str(i.id)),
            )
            for i in incidencias
        ],
        **contexto(sesion, envio),
    )


def _rapidos(request: Request, hoja: Hoja[Any] | None) -> dict[str, Hoja[Any]]:
    """The one-press actions, each its own form."""
    return {c.value: EVENTO.mostrar(request, {"codigo": c.value}, enviada=hoja, de=c.value) for c in RAPIDOS}


@router.post("/{envio_id}/evento")
def evento_rapido(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDeEvento
) -> Response:
    """The one-press actions: received, out for delivery, ready for pick-up, handed back to the sender."""
    envio = envio_del_operador(sesion, actor, envio_id)
    with hoja:
        codigo = hoja.datos.codigo
        if codigo not in RAPIDOS:
            raise EnvioNoEncontrado(_("Esa acción no existe."))
        if codigo is Codigo.EMI and envio.estado not in (EstadoEnvio.EN_DEVOLUCION, EstadoEnvio.DEVUELTO):
            raise SinDevolucion(_("Registre antes el intento fallido con devolución al remitente."))
        nuevo = EventoNuevo(
            codigo=codigo,
            envio_id=envio_id,
            evento_cliente_id=f"f:{hoja.id}",
            # Without the recipient's code an item can only go back to its sender.
            entregado_a=QuienRecibe.REMITENTE if codigo is Codigo.EMI else None,
        )
        exigir_registrado(registrar_evento(sesion, actor, envio_id, nuevo, Fuente.PAGINA))
        que = _("devuelto al remitente") if codigo is Codigo.EMI else CODIGOS[codigo].texto.lower()
        return volver(envio, f"{s10.validar(envio.numero).legible}: {que}.", hoja.datos.volver)
    return _pagina_de_envio(request, sesion, actor, envio_id, hoja)


@router.post("/{envio_id}/anulacion")
def responder_la_anulacion(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDeAnulacion
) -> Response:
    """Whoever holds the item answers what the sender asked."""
    envio = envio_del_operador(sesion, actor, envio_id)
    with hoja:
        confirma = hoja.datos.confirma == "si"
        responder_anulacion(sesion, actor, envio_id, confirma, hoja.datos.nota)
        que = _("anulado") if confirma else _("la anulación quedó rechazada")
        return volver(envio, f"{s10.validar(envio.numero).legible}: {que}.", "")
    return _pagina_de_envio(request, sesion, actor, envio_id, hoja)


@router.post("/{envio_id}/correccion")
def corregir_un_evento(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDeCorreccion
) -> Response:
    """An event was noted wrong: it never counts again."""
    envio = envio_del_operador(sesion, actor, envio_id)
    with hoja:
        nueva = Correccion(hoja.datos.motivo, hoja.datos.evento, detalle=hoja.datos.detalle)
        corregir(sesion, actor, envio.custodio_unidad_id, nueva, Fuente.PAGINA)
        que = _("evento corregido, ya no cuenta")
        return redirigir(f"/envios/operador/{envio_id}", f"{s10.validar(envio.numero).legible}: {que}.")
    return _pagina_de_envio(request, sesion, actor, envio_id, hoja)


@router.post("/{envio_id}/incidencia")
def resolver_una_incidencia(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDeResolucion
) -> Response:
    """Somebody looked at what did not fit, and says how it ended."""
    envio_del_operador(sesion, actor, envio_id)
    with hoja:
        resolver_incidencia(sesion, actor, hoja.datos.incidencia, hoja.datos.como, hoja.datos.nota)
        return redirigir(f"/envios/operador/{envio_id}", _("La incidencia quedó resuelta."))
    return _pagina_de_envio(request, sesion, actor, envio_id, hoja)
