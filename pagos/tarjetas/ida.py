"""From our pages to the gateway's own page, where the card is typed."""

from collections.abc import Callable
from uuid import UUID

import structlog
from fastapi import Request
from starlette.responses import RedirectResponse, Response

from nucleo.bd import transaccion
from nucleo.web import politica_csp
from pagos.tarjetas.conciliar import avanzar
from pagos.tarjetas.consultas import intento_por_id
from pagos.tarjetas.estados import Estado

ORIGENES = "https://checkout.stripe.com https://hooks.stripe.com"

registro = structlog.get_logger(__name__)


def cabeceras_de_ida(request: Request) -> dict[str, str]:
    """For a page whose form ends at the gateway: browsers hold redirects to `form-action` too."""
    csp = politica_csp(request.state.nonce)
    return {"Content-Security-Policy": csp.replace("form-action 'self'", f"form-action 'self' {ORIGENES}")}


def preguntar(funcion: Callable[[UUID], None], id: UUID) -> None:
    """Ask the gateway on behalf of a request. Whatever breaks, the row is committed: the sweep goes on."""
    try:
        funcion(id)
    except Exception:
        registro.exception("pasarela_en_la_solicitud", id=str(id))


def ir_a_la_pasarela(intento_id: UUID) -> Response:
    """Where the person goes with a payment just committed: the gateway's page, or ours while there is none.

    Never call it inside a transaction. Pressing twice goes to the same page.
    """
    with transaccion() as sesion:
        nuevo = intento_por_id(sesion, intento_id).envios == 0
    if nuevo:
        preguntar(avanzar, intento_id)
    with transaccion() as sesion:
        listo = intento_por_id(sesion, intento_id)
    if listo.estado == Estado.REQUIERE_ACCION and listo.accion_url:
        return RedirectResponse(listo.accion_url, 303)
    return RedirectResponse(f"/pagos-con-tarjeta/{intento_id}", 303)
