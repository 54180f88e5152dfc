"""Pages of the postal operator's worker: the tray, the scanner, the door."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorRequerido
from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    Habilitacion,
    Unidad,
    con_habilitacion,
    unidades_de,
)
from envios import s10
from envios.codigo_entrega import FALLOS_MAXIMOS
from envios.consultas import (
    Bandeja,
    Vista,
    contar_bandejas,
    envio_del_operador,
    envio_por_numero,
    envios_de_bandeja,
    eventos_de,
)
from envios.emsevt import CODIGOS, Codigo
from envios.entregar import entregar, registrar_evento
from envios.errores import EnvioNoEncontrado, OtroOperador
from envios.estados import QuienRecibe
from envios.formularios import (
    ENTREGA,
    ESCANEO,
    EVENTO,
    INTENTO,
    RAPIDOS,
    Escaneo,
    HojaDeEntrega,
    HojaDeEscaneo,
    HojaDeEvento,
    HojaDeIntento,
)
from envios.modelos import Envio
from envios.registrar_eventos import EventoNuevo, Fuente, ResultadoEvento
from envios.seguimiento import hitos_de, nombre_unidad
from envios.vistas import lugares_de, tono
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos, ErrorDominio, Prohibido
from nucleo.formularios import Hoja
from nucleo.paginacion import Cursor, paginar
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(prefix="/envios/operador", include_in_schema=False)


def operadores_de(sesion: Session, actor: Actor) -> list[Unidad]:
    """The postal operators for which the actor may dispatch."""
    suyas = unidades_de(sesion, actor, Facultad.DESPACHAR, estados=CON_LO_SUYO)
    operan = con_habilitacion(sesion, [u.id for u in suyas], Habilitacion.OPERADOR_POSTAL)
    return [u for u in suyas if u.id in operan]


def _operador(sesion: Session, actor: Actor, unidad: UUID | None) -> tuple[Unidad, list[Unidad]]:
    """The operator the worker is at, and all they work for. Raises `Prohibido` without any."""
    suyos = operadores_de(sesion, actor)
    elegidos = [u for u in suyos if unidad is None or u.id == unidad]
    if not elegidos:
        raise Prohibido(_("Para esto necesita un mandato de despacho de un operador postal habilitado."))
    return elegidos[0], suyos


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
    operador, todos = _operador(sesion, actor, unidad)
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
        "envios/bandeja.html",
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


# --- Scanning ----------------------------------------------------------------------------------------


def _pagina_escanear(
    request: Request,
    sesion: Session,
    actor: Actor,
    unidad: UUID | None,
    valores: dict[str, str] | None = None,
    hoja: Hoja[Any] | None = None,
) -> HTMLResponse:
    operador, todos = _operador(sesion, actor, unidad)
    return pagina(
        request,
        "envios/escanear.html",
        hoja=hoja,
        operador=operador,
        operadores=todos,
        escaneo=ESCANEO.mostrar(request, valores, enviada=hoja),
    )


@router.get("/escanear")
def escanear(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: UUID | None = None,
    codigo: str = "",
    lugar: str = "",
) -> HTMLResponse:
    valores = {"codigo": codigo[:10], "lugar": lugar[:120]}
    return _pagina_escanear(request, sesion, actor, unidad, valores)


@router.post("/escanear")
def registrar_escaneo(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeEscaneo,
    unidad: UUID | None = None,
) -> Response:
    """One scan: on success the page is ready for the next item with the same event."""
    operador, _todos = _operador(sesion, actor, unidad)
    with hoja:
        datos = hoja.datos
        envio = _escaneado(sesion, actor, operador, datos, hoja.id)
        aviso = _("%(numero)s: %(texto)s. Destino: %(destino)s.") % {
            "numero": s10.validar(envio.numero).legible,
            "texto": CODIGOS[datos.codigo].texto.lower(),
            "destino": lugares_de(sesion, [envio]).get(envio.destino_municipio_ine, ""),
        }
        sigue = urlencode({"unidad": operador.id, "codigo": datos.codigo.value, "lugar": datos.lugar})
        return redirigir(f"/envios/operador/escanear?{sigue}", aviso)
    return _pagina_escanear(request, sesion, actor, operador.id, hoja=hoja)


def _escaneado(sesion: Session, actor: Actor, operador: Unidad, datos: Escaneo, id: UUID) -> Envio:
    """The item, with its event recorded; whatever is wrong with it is said of its number."""
    fallido = datos.codigo is Codigo.EMH
    try:
        envio = envio_por_numero(sesion, datos.numero)
        if envio.operador_unidad_id != operador.id:
            raise OtroOperador(_("Ese envío lo lleva otro operador."))
        nuevo = EventoNuevo(
            codigo=datos.codigo,
            envio_id=envio.id,
            evento_cliente_id=f"f:{id}",
            motivo=datos.motivo if fallido else None,
            accion=datos.accion if fallido else None,
            lugar=datos.lugar,
        )
        _exigir(registrar_evento(sesion, actor, envio.id, nuevo, Fuente.ESCANER))
    except ErrorDominio as error:
        raise DatosInvalidos(error.detalle, campos={"numero": error.detalle}) from error
    return envio


# --- One item ----------------------------------------------------------------------------------------


def _contexto(sesion: Session, envio: Envio) -> dict[str, Any]:
    return {
        "envio": envio,
        "numero": s10.validar(envio.numero),
        "destino": lugares_de(sesion, [envio]).get(envio.destino_municipio_ine, ""),
        "remitente": nombre_unidad(sesion, envio.remitente_unidad_id),
        "tono": tono(envio.estado),
        "bandeja_url": f"/envios/operador?unidad={envio.operador_unidad_id}",
    }


@router.get("/{envio_id}")
def detalle(request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> HTMLResponse:
    return _pagina_de_envio(request, sesion, actor, envio_id)


def _pagina_de_envio(
    request: Request, sesion: Session, actor: Actor, envio_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    envio = envio_del_operador(sesion, actor, envio_id)
    hitos = hitos_de(sesion, eventos_de(sesion, envio.id), Vista.OPERADOR)
    return pagina(
        request,
        "envios/operador_envio.html",
        hoja=hoja,
        hitos=list(reversed(hitos)),
        rapidos=_rapidos(request, hoja),
        **_contexto(sesion, envio),
    )


def _rapidos(request: Request, hoja: Hoja[Any] | None) -> dict[str, Hoja[Any]]:
    """The one-press actions, each its own form."""
    return {c.value: EVENTO.mostrar(request, {"codigo": c.value}, enviada=hoja, de=c.value) for c in RAPIDOS}


def _exigir(resultado: ResultadoEvento) -> None:
    """Raise what an event was refused for, so that the door undoes it."""
    if resultado.error is not None:
        raise resultado.error


def _volver(envio: Envio, aviso: str, ver: str) -> Response:
    destino = opcion_de_bandeja(ver)
    ruta = (
        f"/envios/operador?unidad={envio.operador_unidad_id}&ver={destino.value}"
        if destino
        else f"/envios/operador/{envio.id}"
    )
    return redirigir(ruta, aviso)


def opcion_de_bandeja(texto: str) -> Bandeja | None:
    return Bandeja(texto) if texto in {b.value for b in Bandeja} else None


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
        nuevo = EventoNuevo(
            codigo=codigo,
            envio_id=envio_id,
            evento_cliente_id=f"f:{hoja.id}",
            # Without the recipient's code an item can only go back to its sender.
            entregado_a=QuienRecibe.REMITENTE if codigo is Codigo.EMI else None,
        )
        _exigir(registrar_evento(sesion, actor, envio_id, nuevo, Fuente.PAGINA))
        que = _("devuelto al remitente") if codigo is Codigo.EMI else CODIGOS[codigo].texto.lower()
        return _volver(envio, f"{s10.validar(envio.numero).legible}: {que}.", hoja.datos.volver)
    return _pagina_de_envio(request, sesion, actor, envio_id, hoja)


@router.get("/{envio_id}/entregar")
def pagina_entregar(request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> HTMLResponse:
    return _pagina_entregar(request, sesion, actor, envio_id)


def _pagina_entregar(
    request: Request, sesion: Session, actor: Actor, envio_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    envio = envio_del_operador(sesion, actor, envio_id)
    return pagina(
        request,
        "envios/entregar.html",
        hoja=hoja,
        bloqueado=envio.codigo_fallos >= FALLOS_MAXIMOS,
        entrega=ENTREGA.mostrar(request, enviada=hoja),
        **_contexto(sesion, envio),
    )


@router.post("/{envio_id}/entregar")
def confirmar_entrega(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDeEntrega
) -> Response:
    """Hand over against the code; a wrong one counts, although the page is refused."""
    envio = envio_del_operador(sesion, actor, envio_id)
    with hoja:
        datos = hoja.datos
        resultado = entregar(
            sesion,
            actor,
            envio_id,
            datos.codigo_entrega,
            receptor_nombre=datos.receptor_nombre,
            evento_cliente_id=f"f:{hoja.id}",
        )
        if resultado.error is None:
            aviso = _("%(numero)s: entregado.") % {"numero": s10.validar(envio.numero).legible}
            return _volver(envio, aviso, Bandeja.EN_REPARTO.value)
        hoja.negar(resultado.error)
    return _pagina_entregar(request, sesion, actor, envio_id, hoja)


@router.get("/{envio_id}/intento")
def pagina_intento(request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> HTMLResponse:
    return _pagina_intento(request, sesion, actor, envio_id)


def _pagina_intento(
    request: Request, sesion: Session, actor: Actor, envio_id: UUID, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    envio = envio_del_operador(sesion, actor, envio_id)
    return pagina(
        request,
        "envios/intento.html",
        hoja=hoja,
        intento=INTENTO.mostrar(request, enviada=hoja),
        **_contexto(sesion, envio),
    )


@router.post("/{envio_id}/intento")
def registrar_intento(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDeIntento
) -> Response:
    """A failed attempt: why, and what follows."""
    envio = envio_del_operador(sesion, actor, envio_id)
    with hoja:
        nuevo = EventoNuevo(
            codigo=Codigo.EMH,
            envio_id=envio_id,
            motivo=hoja.datos.motivo,
            accion=hoja.datos.accion,
            evento_cliente_id=f"f:{hoja.id}",
        )
        _exigir(registrar_evento(sesion, actor, envio_id, nuevo, Fuente.PAGINA))
        aviso = _("%(numero)s: intento registrado.") % {"numero": s10.validar(envio.numero).legible}
        return _volver(envio, aviso, Bandeja.EN_REPARTO.value)
    return _pagina_intento(request, sesion, actor, envio_id, hoja)
