"""Pages of labels: one to look at and print, and documents of as many as were chosen."""

from typing import Annotated
from uuid import UUID

import segno
from fastapi import APIRouter, Query, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorRequerido
from envios import s10
from envios.etiquetas.etiqueta import MAXIMO, etiquetas_de
from envios.etiquetas.formatos import Formato, documento
from nucleo.bd import Sesion
from nucleo.web import pagina

router = APIRouter(include_in_schema=False)


@router.get("/envios/etiquetas")
def varias(
    sesion: Sesion,
    actor: ActorRequerido,
    envio: Annotated[list[UUID], Query(min_length=1, max_length=MAXIMO)],
    formato: Formato = Formato.HOJAS,
    bajar: bool = False,
) -> Response:
    """The labels of the chosen shipments, in one document."""
    return documento(etiquetas_de(sesion, actor, envio), formato, bajar=bajar)


@router.get("/envios/{envio_id}/etiqueta")
def etiqueta(request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> HTMLResponse:
    """The label to print (A6), for the sender and the operator."""
    (una,) = etiquetas_de(sesion, actor, [envio_id])
    return pagina(
        request,
        "envios/etiquetas/etiqueta.html",
        etiqueta=una,
        envio_id=envio_id,
        barras=s10.barras(str(una.numero)),
        qr=_qr(una.enlace),
    )


def _qr(enlace: str) -> Markup:
    """The public tracking page as a QR, black on white, scaled by the stylesheet."""
    dibujo = segno.make(enlace, error="m", micro=False)
    return Markup(  # noqa: S704 (drawn from our own address)
        dibujo.svg_inline(
            border=4, omitsize=True, svgclass="qr", lineclass=None, light="#fff", dark="#000", unit=None
        )
    )
