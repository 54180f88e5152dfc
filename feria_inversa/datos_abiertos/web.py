"""The page of the open data."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse

from feria_inversa.entidades import PREFIJO
from nucleo.configuracion import ajustes
from nucleo.web import pagina, publico

router = APIRouter(dependencies=[Depends(publico)])


@router.get("/feria/datos-abiertos")
def datos_abiertos(request: Request) -> HTMLResponse:
    """What is published as open data and how to take it."""
    return pagina(
        request,
        "feria_inversa/datos_abiertos/datos_abiertos.html",
        prefijo=PREFIJO,
        base=f"{ajustes().url_publica}/ocds",
        api=f"{ajustes().url_publica}/api/v1",
    )
