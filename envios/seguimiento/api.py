"""The public track, for programs."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from envios.seguimiento import api_rastreadores
from envios.seguimiento.esquemas import NumeroSeguido, NumerosSeguidos, Seguimiento
from envios.seguimiento.rastros import NUMEROS_A_LA_VEZ, Hallazgo, buscar_rastros, leer_numeros
from envios.seguimiento.seguimiento import seguimiento_de
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.etag import coincide, etag_de
from nucleo.idempotencia import RutaIdempotente
from nucleo.limites import limitar_direccion
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", tags=["envíos"], route_class=RutaIdempotente)
router.include_router(api_rastreadores.router)
SEGUIMIENTOS_POR_MINUTO = 60

Emisor = Annotated[
    UUID | None, Query(description="De quién es el número, cuando varios llaman así a un envío.")
]


@router.get(
    "/seguimiento",
    dependencies=[Depends(publico)],
    response_model=NumerosSeguidos,
    responses={304: {"description": "Nada cambió desde el ETag que se envió"}, **respuestas()},
)
def seguir_envios(
    request: Request,
    sesion: Sesion,
    numeros: Annotated[
        str, Query(max_length=2000, description=f"Hasta {NUMEROS_A_LA_VEZ} números, separados por comas.")
    ],
    emisor: Emisor = None,
) -> Response:
    """El seguimiento público de varios envíos; cada número, como se escribió, tiene su resultado."""
    pedidos = leer_numeros(numeros)
    _limitar(request, 1 + len(pedidos) // 10)
    hallados = buscar_rastros(sesion, pedidos, emisor)
    return _contestar(request, NumerosSeguidos(datos=[_uno(sesion, h) for h in hallados]))


@router.get(
    "/seguimiento/{numero}",
    dependencies=[Depends(publico)],
    response_model=Seguimiento,
    responses={304: {"description": "Nada cambió desde el ETag que se envió"}, **respuestas(404, 409)},
)
def seguir_envio(
    request: Request,
    sesion: Sesion,
    numero: Annotated[str, Path(min_length=1, max_length=60)],
    emisor: Emisor = None,
) -> Response:
    """El seguimiento público de un envío por cualquiera de sus números, sin datos de nadie."""
    _limitar(request, 1)
    (hallado,) = buscar_rastros(sesion, [numero], emisor)
    if hallado.error is not None:
        raise hallado.error
    assert hallado.rastro is not None
    return _contestar(request, seguimiento_de(sesion, hallado.rastro))


def _limitar(request: Request, usos: int) -> None:
    limitar_direccion(request, "seguimiento", cupo=SEGUIMIENTOS_POR_MINUTO, ventana_s=60, usos=usos)


def _uno(sesion: Sesion, hallado: Hallazgo) -> NumeroSeguido:
    error = hallado.error
    return NumeroSeguido(
        escrito=hallado.escrito,
        seguimiento=seguimiento_de(sesion, hallado.rastro) if hallado.rastro else None,
        codigo=error.codigo if error else None,
        detalle=error.detalle if error else None,
        opciones=error.extra.get("opciones") if error else None,
    )


def _contestar(request: Request, cuerpo: BaseModel) -> Response:
    """As JSON with its tag; 304 without a body when the program has it already."""
    contenido = cuerpo.model_dump_json().encode()
    marca = etag_de(contenido)
    cabeceras = {"ETag": marca, "Cache-Control": "no-cache"}
    if coincide(marca, request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=cabeceras)
    return Response(contenido, media_type="application/json", headers=cabeceras)
