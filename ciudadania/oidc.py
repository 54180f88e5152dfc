"""The OpenID Connect client: code flow with PKCE S256, ID tokens PS256 and nothing else, `/me` for the card.

Parameters come from Authlib's RFC 6749/7636 code, signatures and claims from joserfc, transport is httpx with
time-outs. Nothing here touches the database: callers hold no transaction while the provider thinks.
"""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from ciudadania.errores import IngresoRechazado, ProveedorNoDisponible
from ciudadania.identidad import Identidad, leer_identidad
from nucleo.configuracion import ajustes
from nucleo.reloj import ahora
from nucleo.textos import gettext as _

ALGORITMOS = ("PS256",)
ALCANCES = "openid profile fecha_nacimiento email celular"
TOLERANCIA_S = 30
_VIDA_METADATOS = timedelta(hours=1)
_RELEER_CLAVES_CADA = timedelta(seconds=30)
_RESPUESTA_BYTES_MAX = 512 * 1024
_PLAZOS = httpx.Timeout(8.0, connect=3.0)


@dataclass(frozen=True, slots=True)
class Metadatos:
    """What discovery says, checked."""

    autorizacion: str
    token: str
    yo: str
    jwks: str
    salida: str | None


@dataclass(frozen=True, slots=True)
class Canje:
    """What the provider gives for a code."""

    id_token: str
    acceso: str


@dataclass(frozen=True, slots=True)
class Afirmacion:
    """What a verified ID token asserts; `autenticado_en` is None when the provider does not say."""

    sub: str
    autenticado_en: datetime | None


class ClienteOidc:
    """One provider, for one registered client. Safe to share between threads."""

    def __init__(
        self, emisor: str, cliente_id: str, cliente_secreto: str, http: httpx.Client | None = None
    ) -> None:
        self.emisor = emisor.rstrip("/")
        self.cliente_id = cliente_id
        self._secreto = cliente_secreto
        local = self.emisor.startswith("http://")
        self._http = http or httpx.Client(timeout=_PLAZOS, follow_redirects=False, trust_env=not local)
        self._cerrojo = threading.Lock()
        self._metadatos: tuple[Metadatos, datetime] | None = None
        self._claves: tuple[KeySet, datetime] | None = None

    # --- Discovery --------------------------------------------------------------------------------

    def metadatos(self) -> Metadatos:
        """The provider's addresses, read at most once an hour; raises `ProveedorNoDisponible`."""
        with self._cerrojo:
            if self._metadatos is not None and ahora() - self._metadatos[1] < _VIDA_METADATOS:
                return self._metadatos[0]
        leidos = self._leer_metadatos()
        with self._cerrojo:
            self._metadatos = (leidos, ahora())
        return leidos

    def _leer_metadatos(self) -> Metadatos:
        estado, datos = self._pedir("GET", f"{self.emisor}/.well-known/openid-configuration")
        if estado != 200 or str(datos.get("issuer", "")).rstrip("/") != self.emisor:
            raise ProveedorNoDisponible(_("El servicio de identidad no se presenta como se esperaba."))
        return Metadatos(
            autorizacion=self._direccion(datos, "authorization_endpoint"),
            token=self._direccion(datos, "token_endpoint"),
            yo=self._direccion(datos, "userinfo_endpoint"),
            jwks=self._direccion(datos, "jwks_uri"),
            salida=self._direccion(datos, "end_session_endpoint")
            if "end_session_endpoint" in datos
            else None,
        )

    def _direccion(self, datos: Mapping[str, Any], campo: str) -> str:
        """An address of the discovery document; plain http only from an issuer that is plain http itself."""
        valor = str(datos.get(campo, ""))
        partes = urlsplit(valor)
        admitidos = {"https"} if self.emisor.startswith("https://") else {"https", "http"}
        if partes.scheme not in admitidos or not partes.netloc:
            raise ProveedorNoDisponible(_("El servicio de identidad publica direcciones no válidas."))
        return valor

    def _juego_de_claves(self, kid: str | None) -> KeySet:
        """The provider's keys; read again, seldom, for a key id not seen before (rotation)."""
        with self._cerrojo:
            actual = self._claves
        if actual is not None:
            claves, leidas_en = actual
            edad = ahora() - leidas_en
            conocido = kid is None or any(clave.kid == kid for clave in claves.keys)
            if edad < _RELEER_CLAVES_CADA or (conocido and edad < _VIDA_METADATOS):
                return claves
        _estado, datos = self._pedir("GET", self.metadatos().jwks)
        try:
            claves = KeySet.import_key_set({"keys": _rsa_de_firma(datos)})
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise ProveedorNoDisponible(_("El servicio de identidad publica claves no válidas.")) from error
        with self._cerrojo:
            self._claves = (claves, ahora())
        return claves

    # --- The flow ---------------------------------------------------------------------------------

    def url_autorizacion(
        self,
        *,
        retorno: str,
        estado: str,
        nonce: str,
        verificador: str,
        max_age_s: int,
        renovar: bool = False,
    ) -> str:
        """Where to send the browser. `max_age` always goes along: it makes `auth_time` mandatory."""
        url: str = prepare_grant_uri(
            self.metadatos().autorizacion,
            self.cliente_id,
            "code",
            redirect_uri=retorno,
            scope=ALCANCES,
            state=estado,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verificador),
            code_challenge_method="S256",
            max_age=str(max_age_s),
            prompt="login" if renovar else None,
        )
        return url

    def canjear(self, codigo: str, verificador: str, retorno: str) -> Canje:
        """Exchange the code; raises `IngresoRechazado` when the provider refuses it."""
        estado, datos = self._pedir(
            "POST",
            self.metadatos().token,
            data={
                "grant_type": "authorization_code",
                "code": codigo,
                "redirect_uri": retorno,
                "code_verifier": verificador,
            },
            # RFC 6749 §2.3.1: both parts are form-encoded before they are joined.
            auth=httpx.BasicAuth(quote(self.cliente_id, safe=""), quote(self._secreto, safe="")),
        )
        id_token, acceso = datos.get("id_token"), datos.get("access_token")
        if estado != 200 or not isinstance(id_token, str) or not isinstance(acceso, str):
            raise IngresoRechazado(_("El servicio de identidad no aceptó el código de ingreso."))
        return Canje(id_token=id_token, acceso=acceso)

    def verificar(self, canje: Canje, *, nonce: str, max_age_s: int | None = None) -> Afirmacion:
        """Check signature (PS256 only) and claims of the ID token; raises `IngresoRechazado`.

        With `max_age_s`, `auth_time` must be there and be that recent (OIDC Core §3.1.3.7).
        """
        reclamos = self._firmado(canje.id_token)
        registro = jwt.JWTClaimsRegistry(
            now=int(ahora().timestamp()),
            leeway=TOLERANCIA_S,
            iss={"essential": True, "value": self.emisor},
            aud={"essential": True, "value": self.cliente_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        try:
            registro.validate(reclamos)
        except JoseError as error:
            raise _rechazo(str(error)) from error
        audiencia = reclamos["aud"]
        azp = reclamos.get("azp", self.cliente_id)
        if azp != self.cliente_id or (isinstance(audiencia, list) and len(audiencia) != 1):
            raise _rechazo("aud")
        if not _iguales(reclamos.get("nonce"), nonce):
            raise _rechazo("nonce")
        if "at_hash" in reclamos and not _iguales(reclamos["at_hash"], _huella_de_acceso(canje.acceso)):
            raise _rechazo("at_hash")
        return Afirmacion(str(reclamos["sub"]), _auth_time(reclamos, max_age_s))

    def _firmado(self, id_token: str) -> dict[str, Any]:
        try:
            cabecera = _cabecera(id_token)
            if cabecera.get("alg") not in ALGORITMOS:
                raise _rechazo("alg")
            claves = self._juego_de_claves(cabecera.get("kid"))
            return jwt.decode(id_token, claves, algorithms=list(ALGORITMOS)).claims
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise _rechazo(type(error).__name__) from error

    def identidad(self, canje: Canje, sub: str) -> Identidad:
        """Ask `/me` who this is: the ID token carries no card number. The `sub` must be the same."""
        estado, datos = self._pedir(
            "GET", self.metadatos().yo, headers={"Authorization": f"Bearer {canje.acceso}"}
        )
        if estado != 200 or not _iguales(datos.get("sub"), sub):
            raise IngresoRechazado(_("El servicio de identidad no entregó los datos de quien ingresó."))
        return leer_identidad(datos)

    def url_salida(self, *, id_token: str | None, retorno: str, estado: str) -> str | None:
        """Where to end the provider's own session; None when there is no way to."""
        salida = self.metadatos().salida
        if salida is None or id_token is None:
            return None
        parametros = httpx.QueryParams(
            {"id_token_hint": id_token, "post_logout_redirect_uri": retorno, "state": estado}
        )
        return f"{salida}{'&' if '?' in salida else '?'}{parametros}"

    # --- Transport --------------------------------------------------------------------------------

    def _pedir(self, metodo: str, url: str, **opciones: Any) -> tuple[int, dict[str, Any]]:
        """One request; the JSON object it answers. Raises `ProveedorNoDisponible` on anything else."""
        try:
            with self._http.stream(metodo, url, **opciones) as respuesta:
                crudo = b""
                for trozo in respuesta.iter_bytes():
                    crudo += trozo
                    if len(crudo) > _RESPUESTA_BYTES_MAX:
                        raise ProveedorNoDisponible(_("El servicio de identidad respondió demasiado."))
                estado = respuesta.status_code
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _no_responde() from error
        if estado >= 500 or 300 <= estado < 400:
            raise _no_responde()
        try:
            datos = json.loads(crudo) if crudo else {}
        except ValueError as error:
            raise _no_responde() from error
        return estado, datos if isinstance(datos, dict) else {}


def _no_responde() -> ProveedorNoDisponible:
    return ProveedorNoDisponible(_("El servicio de identidad no responde. Intente de nuevo en unos minutos."))


def _rechazo(motivo: str) -> IngresoRechazado:
    """`motivo` is for whoever reads the log; the person learns that the proof was not good."""
    error = IngresoRechazado(
        _("La respuesta del servicio de identidad no pasó las comprobaciones de seguridad.")
    )
    error.add_note(f"id_token: {motivo}")
    return error


def _iguales(recibido: object, esperado: str) -> bool:
    return isinstance(recibido, str) and hmac.compare_digest(recibido.encode(), esperado.encode())


def _huella_de_acceso(acceso: str) -> str:
    mitad = hashlib.sha256(acceso.encode()).digest()[:16]
    return base64.urlsafe_b64encode(mitad).decode().rstrip("=")


def _auth_time(reclamos: Mapping[str, Any], max_age_s: int | None) -> datetime | None:
    valor = reclamos.get("auth_time")
    instante = int(ahora().timestamp())
    if isinstance(valor, bool) or not isinstance(valor, int) or not 0 < valor <= instante + TOLERANCIA_S:
        if max_age_s is not None:
            raise _rechazo("auth_time")
        return None
    if max_age_s is not None and instante - valor > max_age_s + TOLERANCIA_S:
        raise _rechazo("auth_time")
    return datetime.fromtimestamp(valor, UTC)


def _cabecera(id_token: str) -> dict[str, Any]:
    primera = id_token.partition(".")[0]
    cabecera = json.loads(base64.urlsafe_b64decode(primera + "=" * (-len(primera) % 4)))
    if not isinstance(cabecera, dict):
        raise ValueError("cabecera")  # noqa: TRY004 (what was sent is wrong, not our own call)
    return cabecera


def _rsa_de_firma(datos: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Only RSA signing keys: a symmetric key in a public set would be an attack."""
    return [
        clave
        for clave in datos.get("keys", [])
        if isinstance(clave, dict) and clave.get("kty") == "RSA" and clave.get("use", "sig") == "sig"
    ]


@cache
def cliente_oidc() -> ClienteOidc:
    """The client of the configured provider, one per process."""
    a = ajustes()
    return ClienteOidc(a.oidc_emisor, a.oidc_cliente_id, a.oidc_cliente_secreto.get_secret_value())
