"""Pages of the postal operator's worker: the tray, one item."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorRequerido
from empresa_digital.registro import ClaseDeParte
from envios import s10
from envios.entrega import panel_de
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
    contar_bandejas,
    correcciones_de,
    corregir,
    envios_de_bandeja,
    eventos_de,
    exigir_registrado,
    incidencias_abiertas,
    no_encajan,
    registrar_evento,
    resolver_incidencia,
    responder_anulacion,
)
from envios.items import (
    Bandeja,
    EnvioNoEncontrado,
    EstadoEnvio,
    Vista,
    contexto,
    envio_del_operador,
    lugares_de,
    operador_de,
    remitente_de,
    tono,
    volver,
)
from envios.items.modelos import Envio
from envios.operadores import Agencia, agencias_del_actor
from envios.portes import por_cobrar, porte_de
from envios.seguimiento.detalles import detalles_de, sin_reparto
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
from envios.seguimiento.seguimiento import hitos_de, paraderos_de
from envios.tarifas import peso_en_palabras
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
    agencia: UUID | None = None,
) -> HTMLResponse:
    """The piles on the desk, with how many each holds; oldest first. One press notes where the worker is."""
    operador, todos = operador_de(sesion, actor, unidad)
    suyas, aqui = _donde(sesion, actor, operador.id, agencia)
    filas, siguiente = paginar(
        sesion,
        envios_de_bandeja(operador.id, ver),
        cursor,
        columnas=(Envio.estado_en, Envio.id),
        desc=ver is Bandeja.TERMINADOS,
    )
    base = f"/envios/operador?unidad={operador.id}" + (f"&agencia={aqui.id}" if aqui else "")
    return pagina(
        request,
        "envios/seguimiento/bandeja.html",
        operador=operador,
        operadores=todos,
        ver=ver.value,
        base=base,
        agencias=suyas,
        aqui=aqui,
        cuentas={b.value: n for b, n in contar_bandejas(sesion, operador.id).items()},
        envios=filas,
        no_encajan=no_encajan(sesion, [e.id for e in filas]),
        cobros={} if ver is Bandeja.TERMINADOS else por_cobrar(sesion, [e.id for e in filas]),
        lugares=lugares_de(sesion, filas),
        paraderos=paraderos_de(sesion, filas),
        tono=tono,
        sin_reparto=sin_reparto(sesion, [e.id for e in filas]),
        reparto={
            e.id: EVENTO.mostrar(
                request,
                {"codigo": Codigo.EDG, "volver": ver.value, "agencia": aqui and aqui.id},
                de=str(e.id),
            )
            for e in filas
        },
        siguiente_url=f"{base}&ver={ver.value}&cursor={siguiente}" if siguiente else None,
    )


def _donde(
    sesion: Session, actor: Actor, operador_id: UUID, agencia_id: UUID | None
) -> tuple[list[Agencia], Agencia | None]:
    """The agencies where they may act, and that where they are: the one they say, or the only one."""
    suyas = agencias_del_actor(sesion, actor, operador_id)
    unica = suyas[0] if len(suyas) == 1 else None
    return suyas, next((a for a in suyas if a.id == agencia_id), unica)


# --- One item ----------------------------------------------------------------------------------------


@router.get("/{envio_id}")
def detalle(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, agencia: UUID | None = None
) -> HTMLResponse:
    return _pagina_de_envio(request, sesion, actor, envio_id, agencia_id=agencia)


def _pagina_de_envio(
    request: Request,
    sesion: Session,
    actor: Actor,
    envio_id: UUID,
    hoja: Hoja[Any] | None = None,
    *,
    agencia_id: UUID | None = None,
) -> HTMLResponse:
    envio = envio_del_operador(sesion, actor, envio_id)
    suyas, aqui = _donde(sesion, actor, envio.custodio_unidad_id, agencia_id)
    eventos = eventos_de(sesion, envio.id)
    corregidos = correcciones_de(sesion, envio.id)
    corregibles = [
        e.id
        for e in eventos
        if e.operador_unidad_id == envio.custodio_unidad_id
        and e.id not in corregidos
        and e.fuente != Fuente.DESTINATARIO
    ]
    incidencias = incidencias_abiertas(sesion, envio.id)
    hitos = hitos_de(sesion, eventos, Vista.OPERADOR)
    return pagina(
        request,
        "envios/seguimiento/operador_envio.html",
        hoja=hoja,
        hitos=list(reversed(hitos)),
        rapidos=_rapidos(request, aqui, hoja),
        agencias=suyas,
        aqui=aqui,
        reclama_aqui=envio.admitido_en is not None
        and envio.operador_unidad_id == envio.custodio_unidad_id
        and remitente_de(sesion, envio).clase is ClaseDeParte.TERCERO,
        porte=porte_de(sesion, envio.id),
        detalles=detalles_de(sesion, envio, Vista.OPERADOR),
        paradero=paraderos_de(sesion, [envio])[envio.id],
        en_palabras=peso_en_palabras,
        anulacion=anulacion_pedida(sesion, envio.id),
        entrega=panel_de(sesion, actor, envio, Vista.OPERADOR),
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


def _rapidos(request: Request, aqui: Agencia | None, hoja: Hoja[Any] | None) -> dict[str, Hoja[Any]]:
    """The one-press actions, each its own form."""
    donde = aqui and aqui.id
    return {
        c.value: EVENTO.mostrar(request, {"codigo": c.value, "agencia": donde}, enviada=hoja, de=c.value)
        for c in RAPIDOS
    }


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
            agencia_id=hoja.datos.agencia,
            # Without the recipient's code an item can only go back to its sender.
            entregado_a=QuienRecibe.REMITENTE if codigo is Codigo.EMI else None,
        )
        exigir_registrado(registrar_evento(sesion, actor, envio_id, nuevo, Fuente.PAGINA))
        que = _("devuelto al remitente") if codigo is Codigo.EMI else CODIGOS[codigo].texto.lower()
        aviso = f"{s10.leer_numero(envio.numero).legible}: {que}."
        return volver(envio, aviso, hoja.datos.volver, hoja.datos.agencia)
    return _pagina_de_envio(request, sesion, actor, envio_id, hoja, agencia_id=hoja.uuid_o_nada("agencia"))


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
        return volver(envio, f"{s10.leer_numero(envio.numero).legible}: {que}.", "")
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
        return redirigir(f"/envios/operador/{envio_id}", f"{s10.leer_numero(envio.numero).legible}: {que}.")
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
