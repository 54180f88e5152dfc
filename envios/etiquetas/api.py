"""JSON's neighbour: labels for programs that print them."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from envios.etiquetas.etiqueta import MAXIMO, etiquetas_de
from envios.etiquetas.formatos import Formato, documento
from envios.items import ActorDeEnvios
from nucleo.bd import Sesion
from nucleo.errores import respuestas

router = APIRouter(prefix="/api/v1", tags=["envíos"])

_ARCHIVOS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Las etiquetas, en el orden pedido.",
        "content": {
            "application/pdf": {"schema": {"type": "string", "format": "binary"}},
            "application/zpl": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


@router.get("/etiquetas-de-envio", response_class=Response, responses=_ARCHIVOS | respuestas(404))
def imprimir_etiquetas(
    sesion: Sesion,
    actor: ActorDeEnvios,
    envio: Annotated[list[UUID], Query(min_length=1, max_length=MAXIMO)],
    formato: Formato = Formato.ROLLO,
) -> Response:
    """Las etiquetas de hasta 100 envíos en un documento, para quien envía y para el operador.

    «rollo»: PDF, una A6 por página. «hojas»: PDF, cuatro por hoja A4. «zpl»: ZPL II, 203 puntos por pulgada.
    """
    return documento(etiquetas_de(sesion, actor, envio), formato)
