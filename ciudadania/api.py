"""JSON routes: who am I, the mailbox, and OAuth 2 client credentials (RFC 6749 §4.4, RFC 7009)."""

import base64
import binascii
import unicodedata
from typing import Annotated, Any
from urllib.parse import unquote_plus
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Request, Security
from fastapi.responses import JSONResponse, Response

from ciudadania import buzon, consultas_buzon
from ciudadania.acceso import ActorRequerido, actor_requerido
from ciudadania.clientes import anotar_uso, autenticar_cliente
from ciudadania.consultas_buzon import Filtro
from ciudadania.errores import ClienteRechazado
from ciudadania.esquemas import (
    ErrorOAuth,
    LecturaSalida,
    LineaSalida,
    MarcadasSalida,
    NotificacionSalida,
    Sueltas,
    TokenSalida,
    YoSalida,
)
from ciudadania.modelos import Notificacion
from ciudadania.personas import obtener_persona
from ciudadania.presentar import titulo_de
from ciudadania.tokens import emitir_token, revocar_token
from ciudadania.valores import Cliente
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.lectores import Fecha
from nucleo.limites import limitar
from nucleo.paginacion import Cursor, Pagina
from nucleo.textos import gettext as _
from nucleo.web import publico

router = APIRouter(tags=["ciudadania"])

LectorDelBuzon = Annotated[Actor, Security(actor_requerido, scopes=["buzon"])]
_SIN_CACHE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_ERRORES_OAUTH: dict[int | str, dict[str, Any]] = {
    400: {"model": ErrorOAuth, "description": "El pedido no es válido"},
    401: {"model": ErrorOAuth, "description": "Credenciales del cliente desconocidas"},
    **{e: r for e, r in respuestas().items() if e in (422, 429)},
}


@router.get("/api/v1/yo", responses=respuestas())
def yo(actor: ActorRequerido, sesion: Sesion) -> YoSalida:
    """La persona dueña de estas credenciales."""
    assert actor.persona_id is not None
    persona = obtener_persona(sesion, actor.persona_id)
    return YoSalida(
        id=persona.id,
        nombre=persona.nombre_completo,
        ci=persona.ci,
        complemento=persona.complemento,
        correo=persona.correo,
        celular=persona.celular,
        nivel=persona.nivel,
        autenticado_en=actor.autenticado_en,
    )


# --- Mailbox -------------------------------------------------------------------------------------


def _salida(fila: Notificacion) -> NotificacionSalida:
    return NotificacionSalida(
        id=fila.id,
        unidad_id=fila.unidad_id if fila.persona_id is None else None,
        clase=fila.clase,
        legal=fila.legal,
        grupo=fila.grupo,
        asunto=fila.asunto,
        cuerpo=fila.cuerpo,
        enlace=fila.enlace,
        creado_en=fila.creado_en,
        leido_en=fila.leido_en,
    )


def _filtro(
    sin_leer: Annotated[bool, Query(description="Solo las que nadie leyó todavía.")] = False,
    legales: Annotated[
        bool | None, Query(description="Solo las que tienen efecto legal, o solo las que no.")
    ] = None,
    clase: Annotated[str | None, Query(pattern=r"^[!-~]{0,60}$", description="Una clase de aviso.")] = None,
    buzon_de: Annotated[
        UUID | None, Query(description="El buzón de una unidad, o el propio (el id de la persona).")
    ] = None,
    grupo: Annotated[UUID | None, Query(description="Las que se muestran en una línea.")] = None,
    dia: Annotated[Fecha | None, Query(description="Las de un día, en hora de Bolivia.")] = None,
    q: Annotated[str, Query(max_length=200, description="Palabras del asunto o del texto.")] = "",
) -> Filtro:
    return Filtro(q, clase, legales, buzon_de, dia, grupo, sin_leer)


FiltroPedido = Annotated[Filtro, Depends(_filtro)]


@router.get("/api/v1/notificaciones", responses=respuestas())
def listar_notificaciones(
    actor: LectorDelBuzon, sesion: Sesion, pagina: Cursor, filtro: FiltroPedido
) -> Pagina[NotificacionSalida]:
    """El buzón, de lo más nuevo a lo más viejo: lo propio y lo de las unidades cuyo buzón puede leer."""
    filas, siguiente = consultas_buzon.listar(sesion, actor, pagina, filtro)
    return Pagina(datos=[_salida(fila) for fila in filas], siguiente=siguiente)


@router.get("/api/v1/notificaciones/lineas", responses=respuestas())
def listar_lineas(
    actor: LectorDelBuzon, sesion: Sesion, pagina: Cursor, filtro: FiltroPedido
) -> Pagina[LineaSalida]:
    """El buzón por líneas: los avisos de una clase y un día son una, que se abre con `grupo`."""
    lineas, siguiente = consultas_buzon.lineas(sesion, actor, pagina, filtro)
    salida = [
        LineaSalida(
            grupo=linea.ultima.grupo,
            titulo=titulo_de(linea),
            cuantas=linea.cuantas,
            sin_leer=linea.sin_leer,
            ultima=_salida(linea.ultima),
        )
        for linea in lineas
    ]
    return Pagina(datos=salida, siguiente=siguiente)


@router.post("/api/v1/notificaciones/lecturas", responses=respuestas())
def marcar_leidas(datos: Sueltas, actor: ActorRequerido, sesion: Sesion) -> MarcadasSalida:
    """Marca como leídos los avisos de un grupo, o todos. Lo que tiene efecto legal se lee solo al abrirlo."""
    return MarcadasSalida(marcadas=buzon.marcar_leidas(sesion, actor, datos.grupo))


@router.get("/api/v1/notificaciones/{notificacion_id}", responses=respuestas(404))
def ver_notificacion(notificacion_id: UUID, actor: LectorDelBuzon, sesion: Sesion) -> NotificacionSalida:
    """Una notificación, sin dejar constancia de lectura."""
    return _salida(consultas_buzon.obtener(sesion, actor, notificacion_id))


@router.post("/api/v1/notificaciones/{notificacion_id}/lectura", responses=respuestas(404))
def leer_notificacion(notificacion_id: UUID, actor: ActorRequerido, sesion: Sesion) -> LecturaSalida:
    """Deja constancia de que esta persona leyó; repetirla conserva la primera constancia."""
    lectura = buzon.leer(sesion, actor, notificacion_id)
    return LecturaSalida(
        notificacion_id=lectura.notificacion_id,
        persona_id=lectura.persona_id,
        mandatos=lectura.mandatos,
        leido_en=lectura.leido_en,
    )


# --- OAuth 2 -------------------------------------------------------------------------------------

POR_MINUTO = 120
"""Tokens that a client may ask for in a minute; one lasts an hour."""


def _credenciales(request: Request, identificador: str | None, secreto: str | None) -> tuple[str, str]:
    """The client's id and secret: from the Authorization header (basic), or from the form, never both.

    Raises `ClienteRechazado`.
    """
    esquema, _separador, valor = request.headers.get("authorization", "").partition(" ")
    if esquema.lower() != "basic":
        if not identificador or not secreto:
            falta = _("Faltan las credenciales del cliente, en Authorization (Basic) o en el formulario.")
            raise ClienteRechazado(falta)
        return identificador, secreto
    if secreto:
        repetida = _("Envíe las credenciales de una sola manera: en Authorization o en el formulario.")
        raise ClienteRechazado(repetida, error="invalid_request", estado=400)
    try:
        quien, separador, clave = base64.b64decode(valor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        quien = separador = clave = ""
    if not separador:
        raise ClienteRechazado(_("La cabecera Authorization no se entiende: lleva Basic, con id y secreto."))
    return unquote_plus(quien), unquote_plus(clave)


def _cliente_de(request: Request, sesion: Sesion, identificador: str | None, secreto: str | None) -> Cliente:
    credenciales = _credenciales(request, identificador, secreto)
    limitar("oauth.cliente", credenciales[0][:64], cupo=POR_MINUTO, ventana_s=60)
    return autenticar_cliente(sesion, *credenciales)


def _error(rechazo: ClienteRechazado) -> JSONResponse:
    """RFC 6749 §5.2. A description is of ASCII characters alone: Spanish goes without its accents."""
    cabeceras = dict(_SIN_CACHE)
    if rechazo.estado == 401:
        cabeceras["WWW-Authenticate"] = 'Basic realm="qhatu"'
    llano = unicodedata.normalize("NFKD", rechazo.descripcion).encode("ascii", "ignore").decode()
    return JSONResponse({"error": rechazo.error, "error_description": llano}, rechazo.estado, cabeceras)


def _no_valido(descripcion: str, error: str = "invalid_request") -> ClienteRechazado:
    return ClienteRechazado(descripcion, error=error, estado=400)


Opcional = Annotated[str | None, Form(max_length=400)]


@router.post(
    "/oauth/token", response_model=TokenSalida, responses=_ERRORES_OAUTH, dependencies=[Depends(publico)]
)
def pedir_token(
    request: Request,
    response: Response,
    sesion: Sesion,
    grant_type: Opcional = None,
    scope: Opcional = None,
    client_id: Opcional = None,
    client_secret: Opcional = None,
) -> TokenSalida | JSONResponse:
    """Token de un cliente de máquina (`client_credentials`); sin `scope`, todos sus alcances."""
    try:
        cliente = _cliente_de(request, sesion, client_id, client_secret)
        if not grant_type:
            raise _no_valido(_("Falta grant_type."))
        if grant_type != "client_credentials":
            raise _no_valido(_("Solo se admite client_credentials."), "unsupported_grant_type")
        pedidos = set((scope or "").split()) or set(cliente.alcances)
        if not pedidos <= set(cliente.alcances):
            suyos = " ".join(cliente.alcances)
            texto = _("El cliente no tiene ese alcance; tiene: %(suyos)s.") % {"suyos": suyos}
            raise _no_valido(texto, "invalid_scope")
    except ClienteRechazado as rechazo:
        return _error(rechazo)
    anotar_uso(sesion, cliente)
    emitido = emitir_token(sesion, cliente=cliente, alcances=pedidos)
    response.headers.update(_SIN_CACHE)
    return TokenSalida(
        access_token=emitido.token, expires_in=emitido.vence_en_s, scope=" ".join(emitido.alcances)
    )


@router.post("/oauth/revoke", responses=_ERRORES_OAUTH, dependencies=[Depends(publico)])
def revocar_token_de_cliente(
    request: Request,
    sesion: Sesion,
    token: Opcional = None,
    token_type_hint: Opcional = None,  # noqa: ARG001 (RFC 7009: it may come, and it may be ignored)
    client_id: Opcional = None,
    client_secret: Opcional = None,
) -> Response:
    """Revoca un token del propio cliente; uno desconocido o ajeno también responde 200 (RFC 7009)."""
    try:
        cliente = _cliente_de(request, sesion, client_id, client_secret)
        if not token:
            raise _no_valido(_("Falta token."))
    except ClienteRechazado as rechazo:
        return _error(rechazo)
    revocar_token(sesion, cliente, token)
    return JSONResponse({}, headers=_SIN_CACHE)
