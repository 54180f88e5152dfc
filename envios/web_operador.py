"""Pages of the postal operator's worker: the tray, the scanner, the door."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorRequerido
from empresa_digital.registro import (
    Facultad,
    Habilitacion,
    UnidadEconomica,
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
from envios.errores import EnvioNoEncontrado, NumeroDeEnvioInvalido
from envios.estados import QuienRecibe
from envios.formularios import (
    Texto,
    id_de_formulario,
    limpio,
    opcion,
    opciones_de_accion,
    opciones_de_escaneo,
    opciones_de_motivo,
)
from envios.modelos import Envio
from envios.motivos import AccionIntento, Motivo
from envios.presentacion import lugares_de, tono
from envios.registrar_eventos import EventoNuevo, Fuente, ResultadoEvento
from envios.seguimiento import hitos_de, nombre_unidad
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import ErrorDominio, Prohibido
from nucleo.paginacion import Cursor, paginar
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(prefix="/envios/operador", include_in_schema=False)


def operadores_de(sesion: Session, actor: Actor) -> list[UnidadEconomica]:
    """The postal operators for which the actor may dispatch."""
    suyas = unidades_de(sesion, actor, Facultad.DESPACHAR)
    operan = con_habilitacion(sesion, [u.id for u in suyas], Habilitacion.OPERADOR_POSTAL)
    return [u for u in suyas if u.id in operan]


def _operador(
    sesion: Session, actor: Actor, unidad: UUID | None
) -> tuple[UnidadEconomica, list[UnidadEconomica]]:
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
        siguiente_url=f"{base}&ver={ver.value}&cursor={siguiente}" if siguiente else None,
    )


# --- Scanning ----------------------------------------------------------------------------------------


def _pagina_escanear(
    request: Request, sesion: Session, actor: Actor, unidad: UUID | None, estado: int = 200, **valores: Any
) -> HTMLResponse:
    operador, todos = _operador(sesion, actor, unidad)
    return pagina(
        request,
        "envios/escanear.html",
        estado,
        operador=operador,
        operadores=todos,
        codigos=opciones_de_escaneo(),
        motivos=opciones_de_motivo(),
        acciones=opciones_de_accion(),
        valores={"codigo": "", "numero": "", "lugar": "", "motivo": "", "accion": ""}
        | valores.pop("valores", {}),
        errores=valores.pop("errores", {}),
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
    valores = {"codigo": codigo[:10], "lugar": limpio(lugar)}
    return _pagina_escanear(request, sesion, actor, unidad, valores=valores)


@router.post("/escanear")
def registrar_escaneo(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: UUID | None = None,
    numero: Texto = "",
    codigo: Texto = "",
    lugar: Texto = "",
    motivo: Texto = "",
    accion: Texto = "",
    formulario: Texto = "",
) -> Response:
    """One scan: on success the page is ready for the next item with the same event."""
    operador, _todos = _operador(sesion, actor, unidad)
    valores = {
        "numero": limpio(numero),
        "codigo": codigo,
        "lugar": limpio(lugar),
        "motivo": motivo,
        "accion": accion,
    }
    evento = opcion(Codigo, codigo)
    errores: dict[str, str] = {}
    envio: Envio | None = None
    try:
        envio = envio_por_numero(sesion, numero)
    except (NumeroDeEnvioInvalido, EnvioNoEncontrado) as error:
        errores["numero"] = error.detalle
    if evento is None or evento is Codigo.EMI:
        errores["codigo"] = _("Elija qué pasó con el envío.")
    if evento is Codigo.EMH and (opcion(Motivo, motivo) is None or opcion(AccionIntento, accion) is None):
        errores["motivo"] = _("Si no se pudo entregar, indique el motivo y lo que se hará.")
    if envio is not None and envio.operador_unidad_id != operador.id:
        errores["numero"] = _("Ese envío lo lleva otro operador.")
    if errores or envio is None or evento is None:
        return _pagina_escanear(request, sesion, actor, operador.id, 422, valores=valores, errores=errores)
    nuevo = EventoNuevo(
        codigo=evento,
        envio_id=envio.id,
        evento_cliente_id=id_de_formulario(formulario),
        motivo=opcion(Motivo, motivo) if evento is Codigo.EMH else None,
        accion=opcion(AccionIntento, accion) if evento is Codigo.EMH else None,
        lugar=limpio(lugar),
    )
    resultado = registrar_evento(sesion, actor, envio.id, nuevo, Fuente.ESCANER)
    if resultado.error is not None:
        errores = {"numero": resultado.error.detalle}
        return _pagina_escanear(request, sesion, actor, operador.id, 422, valores=valores, errores=errores)
    destino = lugares_de(sesion, [envio]).get(envio.destino_municipio_ine, "")
    aviso = _("%(numero)s: %(texto)s. Destino: %(destino)s.") % {
        "numero": s10.validar(envio.numero).legible,
        "texto": CODIGOS[evento].texto.lower(),
        "destino": destino,
    }
    sigue = urlencode({"unidad": operador.id, "codigo": evento.value, "lugar": limpio(lugar)})
    return redirigir(f"/envios/operador/escanear?{sigue}", aviso)


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
    envio = envio_del_operador(sesion, actor, envio_id)
    hitos = hitos_de(sesion, eventos_de(sesion, envio.id), Vista.OPERADOR)
    return pagina(
        request, "envios/operador_envio.html", hitos=list(reversed(hitos)), **_contexto(sesion, envio)
    )


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
    sesion: Sesion,
    actor: ActorRequerido,
    envio_id: UUID,
    codigo: Texto = "",
    formulario: Texto = "",
    volver: Texto = "",
) -> Response:
    """The one-press actions: received, out for delivery, ready for pick-up, handed back to the sender."""
    envio = envio_del_operador(sesion, actor, envio_id)
    evento = opcion(Codigo, codigo)
    if evento not in {Codigo.EMA, Codigo.EMG, Codigo.EDG, Codigo.EDH, Codigo.EMI}:
        raise EnvioNoEncontrado(_("Esa acción no existe."))
    nuevo = EventoNuevo(
        codigo=evento,
        envio_id=envio_id,
        evento_cliente_id=id_de_formulario(formulario),
        # Without the recipient's code an item can only go back to its sender.
        entregado_a=QuienRecibe.REMITENTE if evento is Codigo.EMI else None,
    )
    resultado = registrar_evento(sesion, actor, envio_id, nuevo, Fuente.PAGINA)
    if resultado.error is not None:
        raise resultado.error
    que = _("devuelto al remitente") if evento is Codigo.EMI else CODIGOS[evento].texto.lower()
    return _volver(envio, f"{s10.validar(envio.numero).legible}: {que}.", volver)


@router.get("/{envio_id}/entregar")
def pagina_entregar(request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> HTMLResponse:
    envio = envio_del_operador(sesion, actor, envio_id)
    return _pagina_entregar(request, sesion, envio)


def _pagina_entregar(
    request: Request,
    sesion: Session,
    envio: Envio,
    error: ErrorDominio | None = None,
    receptor_nombre: str = "",
) -> HTMLResponse:
    return pagina(
        request,
        "envios/entregar.html",
        error.estado if error else 200,
        bloqueado=envio.codigo_fallos >= FALLOS_MAXIMOS,
        errores={"codigo_entrega": error.detalle} if error else {},
        receptor_nombre=receptor_nombre,
        **_contexto(sesion, envio),
    )


@router.post("/{envio_id}/entregar")
def confirmar_entrega(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    envio_id: UUID,
    codigo_entrega: Texto = "",
    receptor_nombre: Texto = "",
    formulario: Texto = "",
) -> Response:
    """Hand over. The page of a wrong code is answered, not raised: the count of wrong codes stays."""
    envio = envio_del_operador(sesion, actor, envio_id)
    resultado: ResultadoEvento = entregar(
        sesion,
        actor,
        envio_id,
        limpio(codigo_entrega, 20),
        receptor_nombre=limpio(receptor_nombre),
        evento_cliente_id=id_de_formulario(formulario),
    )
    if resultado.error is not None:
        return _pagina_entregar(request, sesion, envio, resultado.error, limpio(receptor_nombre))
    aviso = _("%(numero)s: entregado.") % {"numero": s10.validar(envio.numero).legible}
    return _volver(envio, aviso, Bandeja.EN_REPARTO.value)


@router.get("/{envio_id}/intento")
def pagina_intento(request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> HTMLResponse:
    envio = envio_del_operador(sesion, actor, envio_id)
    return _pagina_intento(request, sesion, envio, {}, {})


def _pagina_intento(
    request: Request, sesion: Session, envio: Envio, errores: dict[str, str], valores: dict[str, str]
) -> HTMLResponse:
    return pagina(
        request,
        "envios/intento.html",
        422 if errores else 200,
        motivos=opciones_de_motivo(),
        acciones=opciones_de_accion(),
        errores=errores,
        valores=valores,
        **_contexto(sesion, envio),
    )


@router.post("/{envio_id}/intento")
def registrar_intento(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    envio_id: UUID,
    motivo: Texto = "",
    accion: Texto = "",
    formulario: Texto = "",
) -> Response:
    """A failed attempt: why, and what follows."""
    envio = envio_del_operador(sesion, actor, envio_id)
    causa, despues = opcion(Motivo, motivo), opcion(AccionIntento, accion)
    errores = {}
    if causa is None:
        errores["motivo"] = _("Indique por qué no se entregó.")
    if despues is None:
        errores["accion"] = _("Indique qué se hará ahora.")
    valores = {"motivo": motivo, "accion": accion}
    if errores:
        return _pagina_intento(request, sesion, envio, errores, valores)
    nuevo = EventoNuevo(
        codigo=Codigo.EMH,
        envio_id=envio_id,
        motivo=causa,
        accion=despues,
        evento_cliente_id=id_de_formulario(formulario),
    )
    resultado = registrar_evento(sesion, actor, envio_id, nuevo, Fuente.PAGINA)
    if resultado.error is not None:
        return _pagina_intento(request, sesion, envio, {"": resultado.error.detalle}, valores)
    aviso = _("%(numero)s: intento registrado.") % {"numero": s10.validar(envio.numero).legible}
    return _volver(envio, aviso, Bandeja.EN_REPARTO.value)
