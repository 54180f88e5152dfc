"""The pages of the open data."""

from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse

from feria_inversa.datos_abiertos import presentar
from feria_inversa.datos_abiertos.consultas import meses
from feria_inversa.datos_abiertos.esquemas import MesesElegidos
from feria_inversa.entidades import PREFIJO
from nucleo.bd import Sesion
from nucleo.configuracion import ajustes
from nucleo.paginacion import Cursor
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


@router.get("/feria/datos-abiertos/meses")
def archivos_por_mes(
    request: Request, sesion: Sesion, pagina_: Cursor, filtro: MesesElegidos
) -> HTMLResponse:
    """The files of each month, of all; of a month, of each entity."""
    filas, siguiente = meses(sesion, pagina_, filtro)
    puestos = {"mes": filtro.mes, "entidad": filtro.entidad, "cursor": siguiente}
    direccion = urlencode({clave: valor for clave, valor in puestos.items() if valor})
    return pagina(
        request,
        "feria_inversa/datos_abiertos/meses.html",
        filtro=filtro,
        meses=presentar.meses(sesion, filas),
        siguiente=f"/feria/datos-abiertos/meses?{direccion}" if siguiente else None,
    )
