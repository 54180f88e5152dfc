"""The State's market, for everybody: who buys what one sells, where, when, and by which way."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from empresa_digital.registro import departamentos
from feria_inversa.alertas import para_avisarme
from feria_inversa.panorama.buscar import ABIERTO, buscar, hallar
from feria_inversa.panorama.modelos import ProcesoDelMercado
from feria_inversa.panorama.palabras import (
    ETAPAS,
    MODALIDADES,
    con_la_elegida,
    en_que_esta,
    etapa_de,
    nombre_de_modalidad,
    opciones_de_norma,
)
from feria_inversa.panorama.pedido import LoPedido, Pedido
from feria_inversa.panorama.resumen import VENTANA, Resumen, resumir
from feria_inversa.panorama.vistas import (
    LETRAS,
    MERCADO,
    en_planilla,
    fuente_de,
    grafico_por_mes,
    hasta_contados,
    nombre_de_parte,
    pagina_de,
    perfil_de_parte,
    por_mes,
    quienes,
    resumen_en_planilla,
)
from feria_inversa.plan import MESES
from feria_inversa.precios import opciones_de_unidad
from feria_inversa.procesos import Filtro as FiltroDeConvocatorias
from feria_inversa.reglas import familias_para_elegir, nombre_de_familia, opciones_de_categoria
from nucleo.archivos.servir import planilla
from nucleo.bd import Sesion
from nucleo.paginacion import CursorPedido, UnCursor
from nucleo.reloj import fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico

router = APIRouter(dependencies=[Depends(publico)])
POR_PAGINA = 20
EN_UN_CSV = 5_000
"""Processes of one sheet; what is more is asked by parts, or through the API."""
DESDE_EL_ANIO = 2020


@router.get(MERCADO)
def mercado(request: Request, sesion: Sesion, pedido: LoPedido, cursor: UnCursor = None) -> HTMLResponse:
    """A page of what is found, and what there is of it in all: how many, who, when, by which way, where."""
    hallazgo = hallar(sesion, pedido.filtro)
    filas, siguiente = buscar(sesion, hallazgo, CursorPedido(cursor, POR_PAGINA))
    resumen = resumir(sesion, hallazgo)
    lugares = {d.ine: d.nombre for d in departamentos(sesion)}
    de_quien = quienes(sesion, filas)
    nombres = _nombres_de_entidades(resumen, filas, de_quien)

    def partes(clase: str, parametro: str) -> list[dict[str, Any]]:
        return [
            {
                "nombre": nombre_de_parte(clase, p.cual, p.nombre or nombres.get(p.cual, ""), lugares),
                "procesos": p.procesos,
                "url": f"{MERCADO}{pedido.con(**{parametro: p.cual})}" if p.cual else None,
                "perfil": perfil_de_parte(clase, p.cual),
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
                "abierto": etapa_de(fila) == ABIERTO,
                "lugar": lugares.get(fila.departamento or ""),
                "modalidad": nombre_de_modalidad(fila.modalidad) if fila.modalidad else None,
                "url": pagina_de(fila),
                "fuente": fuente_de(fila),
            }
            for fila in filas
        ],
        resumen=resumen,
        ventana=VENTANA,
        abiertos=hasta_contados(resumen.abiertos),
        programados=hasta_contados(resumen.programados),
        grafico=grafico_por_mes(por_mes(resumen)),
        por=[
            (_("Quién compra más"), partes("entidad", "entidad")),
            (_("En qué quedaron"), _sin_enlace(partes("etapa", "etapa"))),
            (_("Por qué modalidad"), partes("modalidad", "modalidad")),
            (_("Dónde"), partes("departamento", "departamento")),
            (_("Por qué norma"), partes("normativa", "norma")),
            (_("Qué se contrata"), partes("categoria", "categoria")),
        ],
        filtro=pedido.elegidos,
        entidad=nombres.get(pedido.elegidos["entidad"], ""),
        de_lo_elegido=_de_lo_elegido(pedido.elegidos, lugares),
        precios=_precios(pedido.elegidos["q"]),
        avisarme=_avisarme(pedido, filas),
        hay_filtros=any(pedido.elegidos.values()),
        con=pedido.con,
        departamentos=list(lugares.items()),
        siguiente=f"{MERCADO}{pedido.con(cursor=siguiente)}" if siguiente else None,
        **_para_elegir(pedido.elegidos),
    )


def _nombres_de_entidades(
    resumen: Resumen, filas: Sequence[ProcesoDelMercado], de_quien: Mapping[int | None, str]
) -> dict[str, str]:
    """As the summary says them; of who only has plans, as the registry does, unless several have its code."""
    dichos = {(fila.entidad_codigo, de_quien[fila.id]) for fila in filas}
    veces = Counter(codigo for codigo, _nombre in dichos)
    solos = {codigo: nombre for codigo, nombre in dichos if codigo and veces[codigo] == 1}
    return solos | {p.cual: p.nombre for p in resumen.partes.get("entidad", ()) if p.nombre}


def _para_elegir(elegidos: Mapping[str, str]) -> dict[str, Any]:
    """The lists of the form."""
    modalidades = [(codigo, f"{codigo} · {nombre}") for codigo, nombre in MODALIDADES.items()]
    return {
        "familias": familias_para_elegir(elegidos["familia"]),
        "unidades": opciones_de_unidad(),
        "anios": [(str(n), str(n)) for n in range(fecha_bolivia().year + 1, DESDE_EL_ANIO - 1, -1)],
        "modalidades": con_la_elegida(modalidades, elegidos["modalidad"]),
        "normas": con_la_elegida(opciones_de_norma(), elegidos["norma"]),
        "categorias": opciones_de_categoria(),
        "meses_para_elegir": [(str(n), str(mes).capitalize()) for n, mes in enumerate(MESES, start=1)],
        "etapas": [(codigo, str(nombre)) for codigo, nombre in ETAPAS.items()],
    }


def _de_lo_elegido(elegidos: Mapping[str, str], lugares: Mapping[str, str]) -> list[tuple[str, str]]:
    """Where more is told of the entity, the family and the place that are looked for."""
    enlaces = []
    if entidad := elegidos["entidad"]:
        enlaces += [
            (_("Perfil de la entidad %(codigo)s") % {"codigo": entidad}, perfil_de_parte("entidad", entidad)),
            (_("En qué meses publica"), f"{MERCADO}/temporada?entidad={entidad}"),
            (_("Lo que vale la pena mirar en sus compras"), f"{MERCADO}/banderas?entidad={entidad}"),
        ]
    if familia := elegidos["familia"]:
        enlaces += [
            (nombre_de_familia(familia), f"{MERCADO}/familias/{familia}"),
            (_("En qué meses se pide"), f"{MERCADO}/temporada?familia={familia}"),
        ]
    if (lugar := elegidos["departamento"]) in lugares:
        enlaces.append((lugares[lugar], perfil_de_parte("departamento", lugar)))
    return [(texto, url) for texto, url in enlaces if url]


def _precios(q: str) -> str:
    return f"{MERCADO}/precios?{urlencode({'q': q})}" if q else f"{MERCADO}/precios"


def _avisarme(pedido: Pedido, filas: Sequence[ProcesoDelMercado]) -> str | None:
    """Where to ask to be told of the new calls of what is looked for; none of an entity that is not here."""
    pide = pedido.filtro
    unidad_id = None
    if pide.entidad_codigo:
        unidad_id = next((fila.unidad_id for fila in filas if fila.unidad_id is not None), None)
        if unidad_id is None:
            return None
    return para_avisarme(
        FiltroDeConvocatorias(
            q=pide.q,
            departamento=pide.departamento,
            modalidad=pide.modalidad,
            categoria=pide.categoria,
            unidad_id=unidad_id,
            familia=pide.familia,
        )
    )


def _sin_enlace(partes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A stage of before is none that one may look for now: what was open closes."""
    return [parte | {"url": None} for parte in partes]


def _corto(objeto: str | None) -> str:
    texto = objeto or _("No consta qué se contrata")
    return texto if len(texto) <= LETRAS else f"{texto[:LETRAS].rsplit(' ', 1)[0]}…"


@router.get(f"{MERCADO}.csv")
def mercado_en_csv(sesion: Sesion, pedido: LoPedido) -> Response:
    """What is found as a sheet, the last 5.000 at most."""
    hallazgo = hallar(sesion, pedido.filtro)
    filas, _siguiente = buscar(sesion, hallazgo, CursorPedido(None, EN_UN_CSV))
    lugares = {d.ine: d.nombre for d in departamentos(sesion)}
    return planilla(en_planilla(filas, quienes(sesion, filas), lugares), "mercado")


@router.get(f"{MERCADO}/resumen.csv")
def resumen_en_csv(sesion: Sesion, pedido: LoPedido) -> Response:
    """The figures of the page as a sheet."""
    resumen = resumir(sesion, hallar(sesion, pedido.filtro))
    lugares = {d.ine: d.nombre for d in departamentos(sesion)}
    return planilla(resumen_en_planilla(resumen, lugares), "mercado-resumen")
