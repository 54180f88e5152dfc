"""How it speaks to the platform: HTTP, with a token that its program asks for, as any operator's would."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import httpx

from demostracion.mensajeria.servicio import Enviar, Respuesta

DEMORA_S = 30


@contextmanager
def por_http(base: str, cliente_id: str, secreto: str) -> Iterator[tuple[Enviar, Callable[[], str]]]:
    """What sends a request, and what asks for a token ("" while nobody gives one). No proxy comes between."""
    with httpx.Client(base_url=base, timeout=DEMORA_S, trust_env=False) as cliente:

        def enviar(metodo: str, ruta: str, cuerpo: bytes | None, cabeceras: Mapping[str, str]) -> Respuesta:
            try:
                r = cliente.request(metodo, ruta, content=cuerpo, headers=dict(cabeceras))
                return Respuesta(r.status_code, r.json())
            except (httpx.HTTPError, ValueError):
                return Respuesta(0)

        def pedir_token() -> str:
            pedido = {"grant_type": "client_credentials", "client_id": cliente_id, "client_secret": secreto}
            try:
                return str(cliente.post("/oauth/token", data=pedido).json().get("access_token", ""))
            except (httpx.HTTPError, ValueError):
                return ""

        yield enviar, pedir_token
