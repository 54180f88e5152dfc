"""Pages: sign in and out, my account and its sessions; the mailbox has a file of its own."""

import hmac
import re
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

import structlog
from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.responses import RedirectResponse, Response

from ciudadania import ingreso, web_buzon
from ciudadania.acceso import ActorOpcional, ActorRequerido, sesion_web_actual
from ciudadania.agente import describir_agente
from ciudadania.contexto import visitante  # noqa: F401 (registers what every page shows)
from ciudadania.errores import IngresoRechazado, InicioNoCoincide, ProveedorNoDisponible
from ciudadania.formularios import HojaDePaso
from ciudadania.oidc import cliente_oidc
from ciudadania.personas import obtener_persona
from ciudadania.secretos import nuevo_secreto
from ciudadania.sesiones import (
    nombre_de_galleta,
    poner_galleta,
    quitar_galleta,
    resolver_sesion,
    revocar_otras,
    revocar_sesion,
    sesiones_abiertas,
)
from nucleo.actor import Actor
from nucleo.bd import Sesion, transaccion
from nucleo.configuracion import ajustes
from nucleo.errores import ErrorDominio
from nucleo.formularios import Hoja
from nucleo.lectores import Entero
from nucleo.limites import limitar_direccion
from nucleo.textos import gettext as _
from nucleo.web import mensaje, pagina, publico, redirigir

router = APIRouter(include_in_schema=False)
registro = structlog.get_logger(__name__)

_PUBLICO = [Depends(publico)]
# Written by the page that keeps a queue in the device: «person.how many».
GALLETA_DE_COLA = "qhatu_cola"
_MAX_AGE_TOPE_S = 12 * 3600
_INGRESOS_POR_MINUTO = 120

Volver = Annotated[str, Query(max_length=2000)]
MaxAge = Annotated[Entero | None, Query(ge=0, le=_MAX_AGE_TOPE_S)]


def _galleta(nombre: str) -> str:
    return f"__Host-qhatu-{nombre}" if ajustes().es_https else f"qhatu-{nombre}"


def _poner_breve(respuesta: Response, nombre: str, valor: str) -> None:
    respuesta.set_cookie(
        _galleta(nombre),
        valor,
        max_age=int(ingreso.VIDA_INICIO.total_seconds()),
        path="/",
        secure=ajustes().es_https,
        httponly=True,
        samesite="lax",
    )


def _con_consulta(ruta: str, **parametros: object) -> str:
    presentes = {c: v for c, v in parametros.items() if v not in (None, "", "/")}
    return f"{ruta}?{urlencode(presentes)}" if presentes else ruta


# --- Sign in -------------------------------------------------------------------------------------


@router.get("/ingresar", dependencies=_PUBLICO)
def ingresar(
    request: Request, actor: ActorOpcional, volver: Volver = "/", max_age: MaxAge = None
) -> Response:
    """What will happen, and one link to the provider. Whoever is already in goes on."""
    destino = ingreso.destino_seguro(volver)
    if actor is not None and max_age is None:
        return redirigir(destino)
    return pagina(
        request,
        "ciudadania/ingresar.html",
        seguir=_con_consulta("/ingresar/ir", volver=destino, max_age=max_age),
        confirmar=actor is not None,
    )


@router.get("/ingresar/ir", dependencies=_PUBLICO)
def ir_al_proveedor(
    request: Request, volver: Volver = "/", max_age: MaxAge = None, canonico: bool = False
) -> Response:
    """Begin an attempt and go to the provider. A link, not a form: nothing to forge, any tab may do it."""
    destino = ingreso.destino_seguro(volver)
    if not canonico and request.url.netloc != urlsplit(ajustes().url_publica).netloc:
        # Cookies of another host would not be there at the return (a usual `mismatching_state`).
        seguir = _con_consulta("/ingresar/ir", volver=destino, max_age=max_age, canonico=1)
        return RedirectResponse(ajustes().url_publica + seguir, 303)
    limitar_direccion(request, "ingreso", cupo=_INGRESOS_POR_MINUTO, ventana_s=60)
    navegador = request.cookies.get(_galleta("inicio")) or nuevo_secreto()
    try:
        # Half of what the action allows: whoever comes back must have time left for it.
        url = ingreso.comenzar(destino, navegador, None if max_age is None else max_age // 2)
    except ProveedorNoDisponible as error:
        return _fallido(request, error, destino, max_age)
    respuesta = RedirectResponse(url, 303, {"Cache-Control": "no-store"})
    _poner_breve(respuesta, "inicio", navegador)
    return respuesta


@router.get("/ingresar/retorno", dependencies=_PUBLICO)
def retorno(
    request: Request, code: str = "", state: str = "", error: str = "", iss: str | None = None
) -> Response:
    """The provider sends the browser back here."""
    anterior = request.cookies.get(nombre_de_galleta())
    try:
        with transaccion() as sesion:
            inicio = ingreso.tomar_inicio(sesion, state, request.cookies.get(_galleta("inicio"), ""))
    except InicioNoCoincide as fallo:
        if anterior and _sigue_abierta(anterior):
            return redirigir("/")  # the page was reloaded after a sign-in that went well
        return _fallido(request, fallo, "/", None)
    try:
        _revisar_retorno(error, iss)
        ingresado = ingreso.completar(
            inicio, code, agente=request.headers.get("user-agent", ""), secreto_anterior=anterior
        )
    except ErrorDominio as fallo:
        max_age = None if inicio.max_age_s is None else inicio.max_age_s * 2
        return _fallido(request, fallo, inicio.volver, max_age)
    respuesta = redirigir(ingresado.volver)
    poner_galleta(respuesta, ingresado.secreto)
    mensaje(respuesta, _("Ingresó como {nombre}.").format(nombre=ingresado.nombre))
    return respuesta


def _revisar_retorno(error: str, iss: str | None) -> None:
    """The provider's own refusal, and the mix-up check of RFC 9207."""
    if iss is not None and iss.rstrip("/") != cliente_oidc().emisor:
        raise IngresoRechazado(_("La respuesta no viene del servicio de identidad esperado."))
    if error == "access_denied":
        raise IngresoRechazado(_("Usted canceló el ingreso en Ciudadanía Digital."))
    if error:
        raise IngresoRechazado(_("Ciudadanía Digital no completó el ingreso."))


def _sigue_abierta(secreto: str) -> bool:
    with transaccion() as sesion:
        return resolver_sesion(sesion, secreto) is not None


def _fallido(request: Request, fallo: ErrorDominio, volver: str, max_age: int | None) -> Response:
    """Why it failed, in plain words, and how to try again."""
    registro.warning("ingreso_fallido", codigo=fallo.codigo, motivo=getattr(fallo, "__notes__", None))
    return pagina(
        request,
        "ciudadania/ingreso_fallido.html",
        estado=fallo.estado,
        titulo=fallo.titulo,
        detalle=fallo.detalle,
        no_coincide=isinstance(fallo, InicioNoCoincide),
        host=urlsplit(ajustes().url_publica).netloc,
        reintentar=_con_consulta("/ingresar/ir", volver=volver, max_age=max_age),
    )


# --- Sign out ------------------------------------------------------------------------------------


def _esperan_aqui(request: Request, actor: Actor | None) -> int:
    """How many things this person did without network still wait in this device; its page keeps the count."""
    dueno, _punto, cuantas = request.cookies.get(GALLETA_DE_COLA, "").partition(".")
    suya = actor is not None and str(actor.persona_id) == dueno
    return int(cuantas) if suya and re.fullmatch(r"[0-9]{1,6}", cuantas) else 0


@router.post("/salir", dependencies=_PUBLICO)
def salir(request: Request, sesion: Sesion, actor: ActorOpcional, hoja: HojaDePaso) -> Response:
    """Close the session here first, whatever happens next, then at the provider."""
    secreto, id_token = request.cookies.get(nombre_de_galleta()), None
    if cuantas := _esperan_aqui(request, actor):
        return pagina(request, "ciudadania/salida_con_cola.html", 409, cuantas=cuantas)
    with hoja:
        id_token = ingreso.salir(sesion, secreto) if secreto else None
    sesion.commit()  # the provider may be asked where it signs out: with no transaction open
    estado = nuevo_secreto()
    try:
        url = cliente_oidc().url_salida(id_token=id_token, retorno=ingreso.retorno_de_salida(), estado=estado)
    except ProveedorNoDisponible:
        url = None
    if url is None:
        respuesta: Response = redirigir("/")
        mensaje(respuesta, _("Cerró su sesión."))
    else:
        respuesta = RedirectResponse(url, 303, {"Cache-Control": "no-store"})
        _poner_breve(respuesta, "salida", estado)
    quitar_galleta(respuesta)
    return respuesta


@router.get("/salir/retorno", dependencies=_PUBLICO)
def retorno_de_salida(request: Request, state: str = "") -> Response:
    """Back from the provider; only a sign-out that this browser began is told as done."""
    esperado = request.cookies.get(_galleta("salida"), "")
    respuesta = redirigir("/")
    if esperado and hmac.compare_digest(esperado.encode(), state.encode()):
        mensaje(respuesta, _("Cerró su sesión en Qhatu y en Ciudadanía Digital."))
    respuesta.delete_cookie(
        _galleta("salida"), path="/", secure=ajustes().es_https, httponly=True, samesite="lax"
    )
    return respuesta


# --- My account ----------------------------------------------------------------------------------


@router.get("/cuenta")
def cuenta(request: Request, actor: ActorRequerido, sesion: Sesion) -> Response:
    return _pagina_cuenta(request, actor, sesion)


def _pagina_cuenta(
    request: Request, actor: Actor, sesion: Session, hoja: Hoja[Any] | None = None
) -> Response:
    """My data as Ciudadanía Digital gave them, and where my account is open."""
    assert actor.persona_id is not None
    return pagina(
        request,
        "ciudadania/cuenta.html",
        hoja=hoja,
        persona=obtener_persona(sesion, actor.persona_id),
        sesiones=[(s, describir_agente(s.agente)) for s in sesiones_abiertas(sesion, actor.persona_id)],
        actual=sesion_web_actual(request),
        autenticado_en=actor.autenticado_en,
    )


@router.post("/cuenta/sesiones/cerrar-otras")
def cerrar_otras_sesiones(
    request: Request, actor: ActorRequerido, sesion: Sesion, hoja: HojaDePaso
) -> Response:
    with hoja:
        cuantas = revocar_otras(sesion, actor, sesion_web_actual(request))
        return redirigir("/cuenta", _("Sesiones cerradas: {cuantas}.").format(cuantas=cuantas))
    return _pagina_cuenta(request, actor, sesion, hoja)


@router.post("/cuenta/sesiones/{sesion_id}/cerrar")
def cerrar_una_sesion(
    request: Request, sesion_id: UUID, actor: ActorRequerido, sesion: Sesion, hoja: HojaDePaso
) -> Response:
    es_esta = sesion_id == sesion_web_actual(request)
    with hoja:
        revocar_sesion(sesion, actor, sesion_id)
        respuesta = redirigir("/" if es_esta else "/cuenta", _("La sesión quedó cerrada."))
        if es_esta:
            quitar_galleta(respuesta)
        return respuesta
    return _pagina_cuenta(request, actor, sesion, hoja)


router.include_router(web_buzon.router)
