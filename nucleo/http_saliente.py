"""The one client for HTTP to addresses that somebody else chose (webhooks).

The address is judged where it matters: at the moment of connecting, on the numeric address that is about to
be used. A name that resolves to something else the second time (rebinding), an address written in octal or as
IPv6-mapped IPv4, or a redirect cannot reach a non-public address. No redirect is followed, no proxy is used.
"""

import ipaddress
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx

from nucleo.errores import DatosInvalidos
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

DEMORA_S = 10.0
PRIMEROS_BYTES = 2_000
PUERTOS = frozenset({80, 443, 8080, 8443})

Resolver = Callable[[str, int], Iterable[str]]


class DireccionProhibida(DatosInvalidos):
    codigo = "direccion_prohibida"
    titulo = _l("No se puede usar esa dirección")


def resolver_dns(anfitrion: str, puerto: int) -> list[str]:
    """Numeric addresses of a host, as the system resolves it."""
    return [str(r[4][0]) for r in socket.getaddrinfo(anfitrion, puerto, type=socket.SOCK_STREAM)]


def es_publica(direccion: str) -> bool:
    """Whether a numeric address is for everybody: not private, loopback, link-local, multicast, mapped…"""
    ip = ipaddress.ip_address(direccion.split("%", 1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        for incrustada in (ip.ipv4_mapped, ip.sixtofour, ip.teredo[1] if ip.teredo else None):
            if incrustada is not None:
                return False
        if ip in ipaddress.ip_network("64:ff9b::/96") or ip in ipaddress.ip_network("::/96"):
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def exigir_url(url: str) -> str:
    """The URL if its form may be used for a webhook; raises `DireccionProhibida` saying what to change."""
    try:
        partes = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise DireccionProhibida(
            _("Escriba una dirección web completa, por ejemplo https://ejemplo.bo/avisos.")
        ) from error
    if partes.scheme != "https" or not partes.host:
        raise DireccionProhibida(_("La dirección debe empezar con https://."))
    if partes.userinfo:
        raise DireccionProhibida(_("La dirección no puede llevar usuario ni contraseña."))
    if (partes.port or 443) not in PUERTOS:
        raise DireccionProhibida(_("La dirección usa un puerto que no se admite."))
    try:
        numerica = es_publica(partes.host)
    except ValueError:
        if "." not in partes.host or partes.host.endswith((".localhost", ".local", ".internal", ".test")):
            raise DireccionProhibida(_("La dirección debe ser de Internet.")) from None
    else:
        if not numerica:
            raise DireccionProhibida(_("La dirección debe ser de Internet."))
    return str(partes)


class _RedPublica(httpcore.SyncBackend):
    """Connects only to public addresses, each checked as the number that is used."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    def connect_tcp(self, host: str, port: int, *args: Any, **opciones: Any) -> httpcore.NetworkStream:
        if port not in PUERTOS:
            raise httpcore.ConnectError(f"puerto no admitido: {port}")
        try:
            direcciones = list(self._resolver(host, port))
        except OSError as error:
            raise httpcore.ConnectError(f"no se encontró {host}") from error
        if not direcciones or not all(es_publica(d) for d in direcciones):
            raise httpcore.ConnectError(f"{host} no es una dirección pública")
        return super().connect_tcp(direcciones[0], port, *args, **opciones)

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        raise httpcore.ConnectError("no se admiten sockets locales")


def cliente_saliente(resolver: Resolver = resolver_dns) -> httpx.Client:
    """A client for foreign addresses; close it after use."""
    transporte = httpx.HTTPTransport(trust_env=False, retries=0)
    transporte._pool = httpcore.ConnectionPool(
        ssl_context=httpx.create_ssl_context(), network_backend=_RedPublica(resolver), max_connections=10
    )
    return httpx.Client(
        transport=transporte,
        timeout=DEMORA_S,
        follow_redirects=False,
        trust_env=False,
        headers={"User-Agent": "Qhatu-Avisos/1"},
    )


@dataclass(frozen=True, slots=True)
class Respuesta:
    """The status, and what came first of the body."""

    estado: int
    primeros: bytes


def enviar(cliente: httpx.Client, url: str, cuerpo: bytes, cabeceras: dict[str, str]) -> Respuesta:
    """POST. Of the answer's body only what comes at once is read, as it is: no decompression, no dripping."""
    propias = {"Accept-Encoding": "identity"} | cabeceras
    with cliente.stream("POST", exigir_url(url), content=cuerpo, headers=propias) as respuesta:
        return Respuesta(respuesta.status_code, next(respuesta.iter_raw(), b"")[:PRIMEROS_BYTES])
