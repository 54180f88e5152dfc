"""The public track, for programs."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request

from envios.items import envio_por_numero
from envios.seguimiento.esquemas import Seguimiento
from envios.seguimiento.seguimiento import seguimiento_publico
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import RutaIdempotente
from nucleo.limites import limitar
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", tags=["envíos"], route_class=RutaIdempotente)
SEGUIMIENTOS_POR_MINUTO = 60


@router.get("/seguimiento/{numero}", dependencies=[Depends(publico)], responses=respuestas(404))
def seguir_envio(
    request: Request, sesion: Sesion, numero: Annotated[str, Path(min_length=1, max_length=60)]
) -> Seguimiento:
    """The public track of a shipment by its S10 number, without anybody's data."""
    limitar(
        "seguimiento",
        request.client.host if request.client else "sin-direccion",
        cupo=SEGUIMIENTOS_POR_MINUTO,
        ventana_s=60,
    )
    return seguimiento_publico(sesion, envio_por_numero(sesion, numero))
