"""The demonstration identity provider: a separate ASGI application that speaks real OpenID Connect.

Same paths and shapes as Ciudadanía Digital (discovery, `/auth`, `/token`, `/me`, `/jwks`, `/session/end`,
introspection, revocation), so that the platform has one sign-in from a laptop to the real provider.
Only its passwords are missing: one picks who to be. It refuses to start in production.
"""

import asyncio
import base64
import binascii
import hmac
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from jinja2 import Environment, FileSystemLoader
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from demostracion.identidad import emision
from demostracion.identidad.claves import cargar_o_crear
from demostracion.identidad.estado import (
    VIDA_ACCESO,
    VIDA_CODIGO,
    VIDA_RENOVACION,
    VIDA_SESION,
    Concesion,
    Falla,
    Ingreso,
    Memoria,
)
from demostracion.personas import PERSONAS
from nucleo.configuracion import RAIZ, Ajustes
from nucleo.reloj import ahora
from nucleo.textos import gettext as _

GALLETA = "qhatu_proveedor_demo"
ALCANCES = ("openid", "profile", "fecha_nacimiento", "email", "celular", "offline_access")
_PLANTILLAS = RAIZ / "templates" / "ciudadania" / "proveedor"
_SIN_CACHE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


@dataclass(frozen=True, slots=True)
class Configuracion:
    """Who may ask this provider for identities, and where it may send people back."""

    emisor: str
    cliente_id: str
    cliente_secreto: str
    retornos: frozenset[str]
    retornos_de_salida: frozenset[str]
    ruta_clave: Path
    demora_s: float = 20.0

    @classmethod
    def de_ajustes(cls, a: Ajustes) -> "Configuracion":
        return cls(
            emisor=a.oidc_emisor.rstrip("/"),
            cliente_id=a.oidc_cliente_id,
            cliente_secreto=a.oidc_cliente_secreto.get_secret_value(),
            retornos=frozenset({f"{a.url_publica}/ingresar/retorno"}),
            retornos_de_salida=frozenset({f"{a.url_publica}/salir/retorno"}),
            ruta_clave=a.datos / "proveedor_demo" / "clave.pem",
        )


class PeticionInvalida(Exception):
    """An authorisation request that must not be answered by a redirect (RFC 6749 §4.1.2.1)."""


class RechazoOAuth(Exception):
    """An OAuth error, answered as JSON or sent back to the client."""

    def __init__(self, error: str, descripcion: str = "", estado: int = 400) -> None:
        super().__init__(error)
        self.error, self.descripcion, self.estado = error, descripcion, estado


def crear_proveedor(configuracion: Configuracion) -> Starlette:
    """The ASGI application of one provider with its own memory."""
    proveedor = _Proveedor(configuracion, cargar_o_crear(configuracion.ruta_clave))
    rutas = [
        Route("/", proveedor.portada),
        Route("/.well-known/openid-configuration", proveedor.descubrimiento),
        Route("/jwks", proveedor.jwks),
        Route("/auth", proveedor.autorizar, methods=["GET"]),
        Route("/auth", proveedor.elegir, methods=["POST"]),
        Route("/token", proveedor.token, methods=["POST"]),
        Route("/token/introspection", proveedor.introspeccion, methods=["POST"]),
        Route("/token/revocation", proveedor.revocacion, methods=["POST"]),
        Route("/me", proveedor.yo, methods=["GET", "POST"]),
        Route("/session/end", proveedor.salir, methods=["GET", "POST"]),
        Route("/estilo.css", proveedor.estilo),
        Route("/salud/vivo", proveedor.vivo),
    ]
    return Starlette(
        routes=rutas,
        exception_handlers={PeticionInvalida: _pagina_de_error, RechazoOAuth: _error_oauth},
    )


async def _error_oauth(_: Request, error: Exception) -> Response:
    assert isinstance(error, RechazoOAuth)
    cuerpo = {"error": error.error, "error_description": error.descripcion}
    cabeceras = dict(_SIN_CACHE)
    if error.estado == 401:
        cabeceras["WWW-Authenticate"] = (
            'Basic realm="proveedor"' if error.error == "invalid_client" else 'Bearer error="invalid_token"'
        )
    return JSONResponse(cuerpo, error.estado, cabeceras)


async def _pagina_de_error(_: Request, error: Exception) -> Response:
    return _pagina("error.html", 400, mensaje=str(error))


@cache
def _entorno() -> Environment:
    entorno = Environment(loader=FileSystemLoader(_PLANTILLAS), autoescape=True)
    entorno.globals["_"] = _
    return entorno


def _pagina(
    nombre: str, estado: int = 200, destinos: frozenset[str] = frozenset(), **contexto: Any
) -> HTMLResponse:
    origenes = sorted({f"{u.scheme}://{u.netloc}" for u in map(urlsplit, destinos)})
    politica = (
        "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
        "form-action " + " ".join(["'self'", *origenes])
    )
    cabeceras = {
        **_SIN_CACHE,
        "Content-Security-Policy": politica,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    return HTMLResponse(_entorno().get_template(nombre).render(**contexto), estado, cabeceras)


@dataclass(frozen=True, slots=True)
class _Pedido:
    """A valid authorisation request."""

    retorno: str
    estado: str | None
    nonce: str | None
    alcances: frozenset[str]
    reto: str
    avisos: frozenset[str]
    max_age_s: int | None


class _Proveedor:
    def __init__(self, configuracion: Configuracion, clave: RSAKey) -> None:
        self.c = configuracion
        self.clave = clave
        self.memoria = Memoria()

    # --- Metadata ---------------------------------------------------------------------------------

    async def portada(self, _: Request) -> Response:
        return _pagina("portada.html", personas=PERSONAS.values())

    async def vivo(self, _: Request) -> Response:
        return JSONResponse({"estado": "vivo"})

    async def estilo(self, _: Request) -> Response:
        return Response((_PLANTILLAS / "estilo.css").read_bytes(), media_type="text/css")

    async def descubrimiento(self, _: Request) -> Response:
        e = self.c.emisor
        return JSONResponse(
            {
                "issuer": e,
                "authorization_endpoint": f"{e}/auth",
                "token_endpoint": f"{e}/token",
                "userinfo_endpoint": f"{e}/me",
                "jwks_uri": f"{e}/jwks",
                "end_session_endpoint": f"{e}/session/end",
                "introspection_endpoint": f"{e}/token/introspection",
                "revocation_endpoint": f"{e}/token/revocation",
                "response_types_supported": ["code"],
                "response_modes_supported": ["query"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["PS256", "RS256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
                "code_challenge_methods_supported": ["S256"],
                "scopes_supported": list(ALCANCES),
                "grant_types_supported": ["authorization_code", "refresh_token"],
                "authorization_response_iss_parameter_supported": True,
                "prompt_values_supported": ["none", "login"],
            }
        )

    async def jwks(self, _: Request) -> Response:
        publica = {**self.clave.as_dict(private=False), "kid": self.clave.thumbprint(), "use": "sig"}
        return JSONResponse({"keys": [publica]})

    # --- Authorisation ----------------------------------------------------------------------------

    async def autorizar(self, request: Request) -> Response:
        pedido = self._leer_pedido(request.query_params)
        if isinstance(pedido, Response):
            return pedido
        ingreso = self.memoria.recordado(request.cookies.get(GALLETA))
        if ingreso is not None and not self._pide_otra_vez(pedido, ingreso):
            return self._conceder(pedido, ingreso)
        if "none" in pedido.avisos:
            return self._devolver(pedido.retorno, pedido.estado, error="login_required")
        return _pagina(
            "elegir.html",
            destinos=self.c.retornos,
            consulta=str(request.query_params),
            personas=PERSONAS.values(),
            anterior=ingreso.persona.clave if ingreso else None,
            fallas=list(Falla),
        )

    def _pide_otra_vez(self, pedido: _Pedido, ingreso: Ingreso) -> bool:
        if "login" in pedido.avisos:
            return True
        edad = ahora() - ingreso.autenticado_en
        return pedido.max_age_s is not None and edad > timedelta(seconds=pedido.max_age_s)

    async def elegir(self, request: Request) -> Response:
        pedido = self._leer_pedido(request.query_params)
        if isinstance(pedido, Response):
            return pedido
        formulario = await request.form()
        persona = PERSONAS.get(str(formulario.get("persona")))
        if persona is None:
            raise PeticionInvalida(_("Elija una de las personas de la lista."))
        try:
            falla = Falla(str(formulario.get("falla", Falla.NINGUNA)))
        except ValueError:
            raise PeticionInvalida(_("Esa falla no existe.")) from None
        if falla is Falla.NEGADO:
            return self._devolver(pedido.retorno, pedido.estado, error="access_denied")
        ingreso = Ingreso(persona, falla, ahora())
        respuesta = self._conceder(pedido, ingreso)
        respuesta.set_cookie(
            GALLETA,
            # A failure is of this one attempt; the browser remembers only the persona.
            self.memoria.recordar(replace(ingreso, falla=Falla.NINGUNA)),
            max_age=int(VIDA_SESION.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=self.c.emisor.startswith("https://"),
        )
        return respuesta

    def _leer_pedido(self, parametros: QueryParams) -> _Pedido | Response:
        """The request checked: a doubtful client or address gets a page, any other fault goes back."""
        if parametros.get("client_id") != self.c.cliente_id:
            raise PeticionInvalida(_("El sistema que pide el ingreso no está registrado."))
        retorno = parametros.get("redirect_uri", "")
        if retorno not in self.c.retornos:
            raise PeticionInvalida(_("La dirección de retorno no está registrada."))
        estado = parametros.get("state")
        alcances = frozenset(parametros.get("scope", "").split())
        max_age = parametros.get("max_age")
        faltas = [
            (parametros.get("response_type") != "code", "unsupported_response_type", "solo code"),
            ("openid" not in alcances, "invalid_scope", "falta openid"),
            (not alcances <= set(ALCANCES), "invalid_scope", "alcance desconocido"),
            (not parametros.get("code_challenge"), "invalid_request", "falta PKCE"),
            (parametros.get("code_challenge_method") != "S256", "invalid_request", "PKCE solo S256"),
            (max_age is not None and not max_age.isdecimal(), "invalid_request", "max_age"),
        ]
        for falta, error, descripcion in faltas:
            if falta:
                return self._devolver(retorno, estado, error=error, error_description=descripcion)
        return _Pedido(
            retorno=retorno,
            estado=estado,
            nonce=parametros.get("nonce"),
            alcances=alcances,
            reto=parametros["code_challenge"],
            avisos=frozenset(parametros.get("prompt", "").split()),
            max_age_s=int(max_age) if max_age is not None else None,
        )

    def _conceder(self, pedido: _Pedido, ingreso: Ingreso) -> Response:
        concesion = Concesion(
            ingreso=ingreso,
            cliente_id=self.c.cliente_id,
            alcances=pedido.alcances,
            vence_en=ahora() + VIDA_CODIGO,
            origen="",
            retorno=pedido.retorno,
            reto=pedido.reto,
            nonce=pedido.nonce,
        )
        codigo = self.memoria.guardar_codigo(concesion)
        return self._devolver(pedido.retorno, pedido.estado, code=codigo)

    def _devolver(self, retorno: str, estado: str | None, **parametros: str) -> Response:
        consulta = {**parametros, **({"state": estado} if estado is not None else {}), "iss": self.c.emisor}
        return RedirectResponse(f"{retorno}?{urlencode(consulta)}", 303, _SIN_CACHE)

    # --- Tokens -----------------------------------------------------------------------------------

    async def token(self, request: Request) -> Response:
        self._autenticar_cliente(request)
        formulario = {c: str(v) for c, v in (await request.form()).items()}
        match formulario.get("grant_type"):
            case "authorization_code":
                concesion, codigo = self._por_codigo(formulario), formulario["code"]
            case "refresh_token":
                concesion, codigo = self._por_renovacion(formulario)
            case _:
                raise RechazoOAuth("unsupported_grant_type")
        if concesion.ingreso.falla is Falla.LENTO:
            await asyncio.sleep(self.c.demora_s)
        if concesion.ingreso.falla is Falla.CAIDO:
            return JSONResponse({"error": "server_error"}, 503)
        return JSONResponse(self._emitir(concesion, codigo), headers=_SIN_CACHE)

    def _por_codigo(self, formulario: dict[str, str]) -> Concesion:
        concesion = self.memoria.canjear(formulario.get("code", ""))
        if concesion is None:
            raise RechazoOAuth("invalid_grant", "código desconocido, usado o vencido")
        if formulario.get("redirect_uri") != concesion.retorno:
            raise RechazoOAuth("invalid_grant", "redirect_uri distinto")
        verificador = formulario.get("code_verifier", "")
        if not 43 <= len(verificador) <= 128 or not verificador.isascii():
            raise RechazoOAuth("invalid_grant", "code_verifier")
        if not hmac.compare_digest(create_s256_code_challenge(verificador), concesion.reto):
            raise RechazoOAuth("invalid_grant", "code_verifier")
        return concesion

    def _por_renovacion(self, formulario: dict[str, str]) -> tuple[Concesion, str]:
        """Refresh tokens rotate: each is used once."""
        concesion = self.memoria.renovaciones.pop(formulario.get("refresh_token", ""), None)
        if concesion is None or concesion.vence_en <= ahora():
            raise RechazoOAuth("invalid_grant", "refresh_token")
        return replace(concesion, nonce=None), concesion.origen

    def _emitir(self, concesion: Concesion, origen: str) -> dict[str, Any]:
        acceso = self.memoria.emitir(replace(concesion, origen=origen, vence_en=ahora() + VIDA_ACCESO))
        respuesta = {
            "access_token": acceso,
            "token_type": "Bearer",
            "expires_in": int(VIDA_ACCESO.total_seconds()),
            "scope": " ".join(sorted(concesion.alcances)),
            "id_token": emision.id_token(self.c.emisor, self.clave, concesion, acceso),
        }
        if "offline_access" in concesion.alcances:
            respuesta["refresh_token"] = self.memoria.emitir(
                replace(concesion, origen=origen, vence_en=ahora() + VIDA_RENOVACION), renovacion=True
            )
        return respuesta

    def _autenticar_cliente(self, request: Request) -> None:
        """client_secret_basic only, with both parts form-encoded (RFC 6749 §2.3.1)."""
        esquema, _sep, valor = request.headers.get("authorization", "").partition(" ")
        try:
            crudo = base64.b64decode(valor, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            crudo = ""
        identificador, _sep, secreto = crudo.partition(":")
        bueno = unquote(identificador) == self.c.cliente_id and hmac.compare_digest(
            unquote(secreto).encode(), self.c.cliente_secreto.encode()
        )
        if esquema.lower() != "basic" or not bueno:
            raise RechazoOAuth("invalid_client", "client_secret_basic", 401)

    async def introspeccion(self, request: Request) -> Response:
        self._autenticar_cliente(request)
        concesion = self.memoria.vigente(str((await request.form()).get("token", "")))
        if concesion is None:
            return JSONResponse({"active": False}, headers=_SIN_CACHE)
        return JSONResponse(
            {
                "active": True,
                "sub": concesion.ingreso.persona.sub,
                "client_id": concesion.cliente_id,
                "scope": " ".join(sorted(concesion.alcances)),
                "exp": int(concesion.vence_en.timestamp()),
                "iss": self.c.emisor,
            },
            headers=_SIN_CACHE,
        )

    async def revocacion(self, request: Request) -> Response:
        self._autenticar_cliente(request)
        concesion = self.memoria.vigente(str((await request.form()).get("token", "")))
        if concesion is not None:
            self.memoria.revocar_origen(concesion.origen)
        return Response(status_code=200, headers=_SIN_CACHE)

    async def yo(self, request: Request) -> Response:
        esquema, _sep, acceso = request.headers.get("authorization", "").partition(" ")
        concesion = self.memoria.accesos.get(acceso) if esquema.lower() == "bearer" else None
        if concesion is None or concesion.vence_en <= ahora():
            raise RechazoOAuth("invalid_token", "acceso desconocido o vencido", 401)
        return JSONResponse(emision.yo(concesion), headers=_SIN_CACHE)

    # --- Sign-out ---------------------------------------------------------------------------------

    async def salir(self, request: Request) -> Response:
        """RP-initiated logout: back to the client only with its own ID token and a registered address."""
        parametros = dict(request.query_params)
        if request.method == "POST":
            parametros |= {c: str(v) for c, v in (await request.form()).items()}
        retorno = parametros.get("post_logout_redirect_uri", "")
        if retorno and (retorno not in self.c.retornos_de_salida or not self._es_nuestro(parametros)):
            raise PeticionInvalida(_("La dirección de retorno no está registrada."))
        if not retorno and request.method == "GET":
            return _pagina("salir.html")
        respuesta: Response = _pagina("salida.html")
        if retorno:
            estado = parametros.get("state")
            consulta = f"?{urlencode({'state': estado})}" if estado is not None else ""
            respuesta = RedirectResponse(retorno + consulta, 303, _SIN_CACHE)
        self.memoria.sesiones.pop(request.cookies.get(GALLETA, ""), None)
        respuesta.delete_cookie(GALLETA, httponly=True, samesite="lax")
        return respuesta

    def _es_nuestro(self, parametros: dict[str, str]) -> bool:
        """Whether `id_token_hint` was signed here for this client; an expired one still counts."""
        try:
            hint = jwt.decode(parametros.get("id_token_hint", ""), self.clave, algorithms=["PS256"])
        except (JoseError, ValueError):
            return False
        return hint.claims.get("aud") == self.c.cliente_id and hint.claims.get("iss") == self.c.emisor
