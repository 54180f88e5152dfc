"""When in the year an entity publishes, or the State asks for a family: a page of its own, and as CSV."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse, Response

from feria_inversa.panorama import MERCADO
from feria_inversa.reglas import familias_para_elegir, nombre_de_familia
from feria_inversa.temporada.consultas import nombre_de_entidad
from feria_inversa.temporada.perfil import ANIOS_MINIMOS, PROCESOS_MINIMOS
from feria_inversa.temporada.vistas import estacion, nombres_de_meses
from nucleo.archivos.servir import planilla
from nucleo.archivos.tablas import escribir_tabla
from nucleo.bd import Sesion
from nucleo.web import pagina, publico

router = APIRouter(dependencies=[Depends(publico)])
AQUI = f"{MERCADO}/temporada"
Familia = Annotated[str, Query(pattern="^([0-9]{4})?$")]
Entidad = Annotated[str, Query(pattern="^([0-9A-Z]{4})?$")]


@router.get(AQUI)
def temporada(request: Request, sesion: Sesion, familia: Familia = "", entidad: Entidad = "") -> HTMLResponse:
    """What can be said of the seasons, with all that it is said from."""
    pedido = {"familia": familia, "entidad": entidad}
    return pagina(
        request,
        "feria_inversa/temporada/temporada.html",
        estacion=estacion(sesion, entidad=entidad or None, familia=familia or None),
        meses=nombres_de_meses(),
        filtro=pedido,
        entidad=(nombre_de_entidad(sesion, entidad) or entidad) if entidad else None,
        familia=nombre_de_familia(familia) if familia else None,
        familias=familias_para_elegir(familia),
        anios_minimos=ANIOS_MINIMOS,
        procesos_minimos=PROCESOS_MINIMOS,
        csv=f"{AQUI}.csv?{urlencode({clave: valor for clave, valor in pedido.items() if valor})}",
    )


@router.get(f"{AQUI}.csv")
def temporada_en_csv(sesion: Sesion, familia: Familia = "", entidad: Entidad = "") -> Response:
    """The months that are known, with what each had."""
    sabida = estacion(sesion, entidad=entidad or None, familia=familia or None)
    filas = [(anio, mes, n) for (anio, mes), n in sabida.serie.items()]
    return planilla(escribir_tabla([("anio", "mes", "procesos"), *filas]), "temporada")
