"""Pages of service levels: for anybody, and of an operator about itself."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorRequerido
from empresa_digital.registro import departamentos, nombres_de_unidades
from envios.items import operador_de
from envios.niveles import web_regulador
from envios.niveles.abiertos import COLUMNAS
from envios.niveles.formularios import CONSULTA, Consulta, HojaDeConsulta
from envios.niveles.graficar import graficos
from envios.niveles.medir import MINIMO, Etapa, Filtro, Por, medir, nombres_de, operadores_medidos
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.limites import limitar_direccion
from nucleo.web import pagina, publico

router = APIRouter(include_in_schema=False)
router.include_router(web_regulador.router)
PAGINAS_POR_MINUTO = 60
TABLAS = (Por.OPERADOR, Por.SERVICIO, Por.ORIGEN, Por.DESTINO, Por.MES)


@router.get("/niveles-de-servicio", dependencies=[Depends(publico)])
def niveles(request: Request, sesion: Sesion, hoja: HojaDeConsulta) -> Response:
    """How postal operators keep what they promise; the address of what one sees may be kept and sent."""
    limitar_direccion(request, "envios.niveles-web", cupo=PAGINAS_POR_MINUTO, ventana_s=60)
    with hoja:
        return _publica(request, sesion, hoja.datos, hoja)
    return _publica(request, sesion, Consulta(), hoja)


def _publica(request: Request, sesion: Session, consulta: Consulta, hoja: Hoja[Any]) -> HTMLResponse:
    operadores = nombres_de_unidades(sesion, operadores_medidos(sesion))
    deptos = [(d.ine, d.nombre) for d in departamentos(sesion)]
    opciones = {
        "operador": sorted(((str(id), nombre) for id, nombre in operadores.items()), key=lambda o: o[1]),
        "origen": deptos,
        "destino": deptos,
    }
    puestos = {c: str(v) for c, v in consulta.model_dump().items() if v is not None}
    return pagina(
        request,
        "envios/niveles/niveles.html",
        hoja=hoja,
        filtros=CONSULTA.mostrar(request, enviada=hoja, opciones=opciones),
        hay_filtros=bool(puestos),
        datos_abiertos=urlencode(puestos),
        columnas=COLUMNAS,
        **_cuadro(sesion, consulta.filtro(), MINIMO),
    )


@router.get("/envios/operador/niveles")
def niveles_del_operador(
    request: Request, sesion: Sesion, actor: ActorRequerido, unidad: UUID | None = None
) -> HTMLResponse:
    """What an operator sees of itself: every group, however small."""
    operador, operadores = operador_de(sesion, actor, unidad)
    return pagina(
        request,
        "envios/niveles/operador.html",
        operador=operador,
        operadores=operadores,
        **_cuadro(sesion, Filtro(operador_unidad_id=operador.id), 1),
    )


def _cuadro(sesion: Session, filtro: Filtro, minimo: int) -> dict[str, Any]:
    """The sum of all, the charts, and a table by each thing that a person would ask for."""
    todo = medir(sesion, filtro, minimo=minimo)
    tablas = []
    for por in TABLAS:
        if por is Por.OPERADOR and filtro.operador_unidad_id is not None:
            continue
        medicion = medir(sesion, filtro, [por], minimo=minimo)
        nombres = nombres_de(sesion, medicion)
        tablas.append((por, medicion, [(nombres[por, m.clave[por]], m) for m in medicion.medidas]))
    return {
        "resumen": todo.medidas[0] if todo.medidas else None,
        "hasta_el": todo.hasta_el,
        "tablas": tablas,
        "graficos": graficos(tablas, todo.medidas[0] if todo.medidas else None),
        "etapas": list(Etapa),
        "minimo": MINIMO,
    }
