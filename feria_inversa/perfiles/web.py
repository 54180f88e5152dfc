"""The pages of the profiles."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse, Response

from feria_inversa.perfiles import web_perfiles
from feria_inversa.perfiles.precios import buscar_precios
from feria_inversa.perfiles.tabla import precios_en_csv
from feria_inversa.perfiles.vistas import racimos_de_pagina
from feria_inversa.precios import ANCHO_MAXIMO, MINIMO_DE_PRECIOS, MINIMO_DE_PROCESOS
from nucleo.archivos.servir import planilla
from nucleo.bd import Sesion
from nucleo.paginacion import CursorPedido, UnCursor
from nucleo.web import pagina, publico

router = APIRouter(dependencies=[Depends(publico)])
router.include_router(web_perfiles.router)
POR_PAGINA = 8
EN_UN_CSV = 500
Palabras = Annotated[str, Query(max_length=200)]


@router.get("/feria/mercado/precios")
def precios(request: Request, sesion: Sesion, q: Palabras = "", cursor: UnCursor = None) -> HTMLResponse:
    """At which prices the State buys what is alike."""
    hallados, siguiente = buscar_precios(sesion, q, CursorPedido(cursor, POR_PAGINA))
    palabras = {"q": q} if q else {}
    return pagina(
        request,
        "feria_inversa/perfiles/precios.html",
        q=q,
        racimos=racimos_de_pagina(hallados),
        calculado_en=min((h.racimo.calculado_en for h in hallados), default=None),
        minimo=MINIMO_DE_PRECIOS,
        procesos=MINIMO_DE_PROCESOS,
        ancho=ANCHO_MAXIMO,
        csv="/feria/mercado/precios.csv?" + urlencode(palabras),
        siguiente="/feria/mercado/precios?" + urlencode(palabras | {"cursor": siguiente})
        if siguiente
        else None,
    )


@router.get("/feria/mercado/precios.csv")
def precios_como_tabla(sesion: Sesion, q: Palabras = "") -> Response:
    """The same as a sheet, 500 clusters at most."""
    hallados, _siguiente = buscar_precios(sesion, q, CursorPedido(None, EN_UN_CSV))
    return planilla(precios_en_csv(hallados), "precios")
