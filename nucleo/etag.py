"""Optimistic concurrency: `ETag` on what may be edited, `If-Match` on the edit."""

from fastapi import Request

from nucleo.errores import FaltaPrecondicion, PrecondicionFallida
from nucleo.textos import gettext as _


def etag(version: int) -> str:
    return f'"{version}"'


def exigir_if_match(request: Request, version: int) -> None:
    """Raise `FaltaPrecondicion` (428) without the header, `PrecondicionFallida` (412) when it is stale."""
    recibido = request.headers.get("if-match")
    if recibido is None:
        raise FaltaPrecondicion(_("Lea primero el recurso y envíe su ETag en la cabecera If-Match."))
    if recibido.strip() != etag(version):
        raise PrecondicionFallida(
            _("El recurso cambió desde que lo leyó: vuelva a leerlo y repita su cambio.")
        )
