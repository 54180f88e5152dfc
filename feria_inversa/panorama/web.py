"""The State's market, for everybody: who buys what one sells, where, when, and by which way."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from empresa_digital.registro import departamentos
from feria_inversa.alertas import para_avisarme
from feria_inversa.panorama.buscar import Filtro, buscar, hallar
from feria_inversa.panorama.modelos import ProcesoDelMercado
from feria_inversa.panorama.palabras import ETAPAS, MESES, MODALIDADES, RUBROS, en_que_esta, opciones_de_norma
from feria_inversa.panorama.pedido import LoPedido
from feria_inversa.panorama.resumen import VENTANA, resumir
from feria_inversa.panorama.vistas import (
    LETRAS,
    en_planilla,
    fuente_de,
    hasta_contados,
    nombre_de_parte,
    pagina_de,
    por_mes,
    quienes,
    resumen_en_planilla,
)
from feria_inversa.precios import opciones_de_unidad
from feria_inversa.reglas import opciones_de_categoria
from nucleo.bd import Sesion
from nucleo.graficos import barras
from nucleo.paginacion import CursorPedido, UnCursor
from nucleo.reloj import fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico

router = APIRouter(dependencies=[Depends(publico)])
POR_PAGINA = 20
EN_UN_CSV = 5_000
"""Processes of one sheet; what is more is asked by parts, or through the API."""
DESDE_EL_ANIO = 2020
AQUI = "/feria/mercado"


@router.get(AQUI)
def mercado(request: Request, sesion: Sesion, pedido: LoPedido, cursor: UnCursor = None) -> HTMLResponse:
    """A page of what is found, and what there is of it in all: how many, who, when, by which way, where."""
    hallazgo = hallar(sesion, pedido.filtro)
    filas, siguiente = buscar(sesion, hallazgo, CursorPedido(cursor, POR_PAGINA))
    resumen = resumir(sesion, hallazgo)
    lugares = {d.ine: d.nombre for d in departamentos(sesion)}
    de_quien = quienes(sesion, filas)
    meses = por_mes(resumen)
    sigue = "&" if pedido.con() else "?"

    def partes(clase: str, parametro: str) -> list[dict[str, Any]]:
        return [
            {
                "nombre": nombre_de_parte(clase, p.cual, p.nombre, lugares),
                "procesos": p.procesos,
                "url": f"{AQUI}{pedido.con(**{parametro: p.cual})}" if p.cual else None,
            }
            for p in resumen.partes.get(clase, ())
        ]

    return pagina(
        request,
        "feria_inversa/panorama/mercado.html",
        renglones=[
            {
                "fila": fila,
                "entidad": de_quien[fila.id],
                "objeto": _corto(fila.objeto),
                "etapa": en_que_esta(fila),
                "lugar": lugares.get(fila.departamento or ""),
                "url": pagina_de(fila),
                "fuente": fuente_de(fila),
            }
            for fila in filas
        ],
        resumen=resumen,
        ventana=VENTANA,
        abiertos=hasta_contados(resumen.abiertos),
        programados=hasta_contados(resumen.programados),
        grafico=barras(_("Procesos por mes del año"), meses, _("Procesos")) if meses else None,
        por=[
            (_("Quién compra más"), partes("entidad", "entidad")),
            (_("En qué quedaron"), _sin_enlace(partes("etapa", "etapa"))),
            (_("Por qué modalidad"), partes("modalidad", "modalidad")),
            (_("Dónde"), partes("departamento", "departamento")),
            (_("Por qué norma"), partes("normativa", "norma")),
            (_("Qué se contrata"), partes("categoria", "categoria")),
        ],
        filtro=pedido.elegidos,
        avisarme=_avisarme(pedido.filtro, filas),
        hay_filtros=any(pedido.elegidos.values()),
        con=pedido.con,
        departamentos=list(lugares.items()),
        rubros=[(codigo, str(nombre)) for codigo, nombre in RUBROS.items()],
        unidades=opciones_de_unidad(),
        anios=[(str(n), str(n)) for n in range(fecha_bolivia().year + 1, DESDE_EL_ANIO - 1, -1)],
        modalidades=[(codigo, f"{codigo} · {nombre}") for codigo, nombre in MODALIDADES.items()],
        normas=opciones_de_norma(),
        categorias=opciones_de_categoria(),
        meses_para_elegir=[(str(n), str(mes)) for n, mes in enumerate(MESES, start=1)],
        etapas=[(codigo, str(nombre)) for codigo, nombre in ETAPAS.items()],
        siguiente=f"{AQUI}{pedido.con()}{sigue}cursor={siguiente}" if siguiente else None,
    )


def _avisarme(filtro: Filtro, filas: Sequence[ProcesoDelMercado]) -> str:
    """Of an entity, if it is one of here: its processes say which."""
    suya = next((fila.unidad_id for fila in filas if fila.unidad_id), None) if filtro.entidad_codigo else None
    return para_avisarme(
        filtro.q, filtro.departamento, filtro.categoria, filtro.modalidad, filtro.familia, suya
    )


def _sin_enlace(partes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A stage of before is none that one may look for now: what was open closes."""
    return [parte | {"url": None} for parte in partes]


def _corto(objeto: str | None) -> str:
    texto = objeto or _("No consta qué se contrata")
    return texto if len(texto) <= LETRAS else f"{texto[:LETRAS].rsplit(' ', 1)[0]}…"


@router.get(f"{AQUI}.csv")
def mercado_en_csv(sesion: Sesion, pedido: LoPedido) -> Response:
    """What is found as a sheet, the last 5.000 at most."""
    hallazgo = hallar(sesion, pedido.filtro)
    filas, _siguiente = buscar(sesion, hallazgo, CursorPedido(None, EN_UN_CSV))
    lugares = {d.ine: d.nombre for d in departamentos(sesion)}
    return _en_csv(en_planilla(filas, quienes(sesion, filas), lugares), "mercado")


@router.get(f"{AQUI}/resumen.csv")
def resumen_en_csv(sesion: Sesion, pedido: LoPedido) -> Response:
    """The figures of the page as a sheet."""
    resumen = resumir(sesion, hallar(sesion, pedido.filtro))
    lugares = {d.ine: d.nombre for d in departamentos(sesion)}
    return _en_csv(resumen_en_planilla(resumen, lugares), "mercado-resumen")


def _en_csv(contenido: bytes, nombre: str) -> Response:
    cabeceras = {"Content-Disposition": f'attachment; filename="{nombre}.csv"'}
    return Response(contenido, media_type="text/csv; charset=utf-8", headers=cabeceras)
