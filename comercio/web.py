"""Public pages of the shop; a product, the cart, orders and the seller's panel have files of their own."""

from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from moneyed import Money
from starlette.responses import Response

from alertas import enlace_para_avisarme
from comercio import alertas, web_carrito, web_pedidos, web_producto, web_vender
from comercio.buscar import Filtros, Resultado, buscar_productos
from comercio.categorias import Arbol, arbol
from comercio.palabras import DEPARTAMENTOS, medida
from nucleo.bd import Sesion
from nucleo.dinero import bs
from nucleo.lectores import Ilegible, leer_monto
from nucleo.paginacion import CursorPedido
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico

router = APIRouter()
POR_PAGINA = 24
PRECIO_TOPE = bs(10**10)  # more is asked for by nobody, and fits the column
_PUBLICO = [Depends(publico)]


@router.get("/tienda", dependencies=_PUBLICO)
def tienda(
    request: Request,
    sesion: Sesion,
    q: Annotated[str, Query(max_length=200)] = "",
    categoria: Annotated[str, Query(max_length=40)] = "",
    departamento: Annotated[str, Query(max_length=2)] = "",
    desde: Annotated[str, Query(max_length=20)] = "",
    hasta: Annotated[str, Query(max_length=20)] = "",
    vendedor: Annotated[str, Query(max_length=36)] = "",
    disponibles: Annotated[str, Query(max_length=1)] = "",
    orden: Annotated[str, Query(max_length=20)] = "",
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> Response:
    """Search and facets. What cannot be understood in the address is left out, never an error."""
    ramas = arbol(sesion)
    filtros = Filtros(
        q=q.strip(),
        categoria=categoria if categoria in ramas.nodos else None,
        departamento=departamento if departamento in DEPARTAMENTOS else None,
        precio_min=_precio(desde),
        precio_max=_precio(hasta),
        vendedor_id=_uuid(vendedor),
        con_existencia=bool(disponibles),
        orden=orden or None,
    )
    resultado = buscar_productos(sesion, filtros, CursorPedido(cursor, POR_PAGINA))
    enlaces = Enlaces(filtros)
    return pagina(
        request,
        "comercio/tienda.html",
        filtros=filtros,
        orden=filtros.orden_efectivo,
        resultado=resultado,
        arbol=ramas,
        titulo=_titulo(filtros, ramas),
        url=enlaces,
        fichas_de_filtro=_fichas(filtros, ramas, resultado, enlaces),
        ramas_visibles=_ramas_visibles(filtros, ramas, resultado),
        departamentos=DEPARTAMENTOS,
        desde=_monto(filtros.precio_min),
        hasta=_monto(filtros.precio_max),
        consulta=filtros.q,
        cursor=cursor,
        medida=medida,
        avisarme=enlace_para_avisarme(alertas.CODIGO, alertas.criterios_de(filtros)),
    )


class Enlaces:
    """Addresses of the shop that keep the current search and change one thing of it."""

    def __init__(self, filtros: Filtros) -> None:
        self._actual = {
            "q": filtros.q,
            "categoria": filtros.categoria,
            "departamento": filtros.departamento,
            "desde": _monto(filtros.precio_min),
            "hasta": _monto(filtros.precio_max),
            "vendedor": filtros.vendedor_id,
            "disponibles": "1" if filtros.con_existencia else "",
            "orden": filtros.orden,
        }

    def __call__(self, **cambios: Any) -> str:
        parametros = {k: v for k, v in (self._actual | cambios).items() if v not in (None, "")}
        return f"/tienda?{urlencode(parametros)}" if parametros else "/tienda"

    def ocultos(self, *menos: str) -> dict[str, Any]:
        """What a form about other fields must carry along."""
        return {k: v for k, v in self._actual.items() if v not in (None, "") and k not in menos}


def _titulo(filtros: Filtros, ramas: Arbol) -> str:
    if filtros.categoria:
        return ramas.nombre(filtros.categoria)
    if filtros.q:
        return _("«%(q)s» en la tienda") % {"q": filtros.q}
    return _("Tienda")


def _fichas(filtros: Filtros, ramas: Arbol, resultado: Resultado, url: Enlaces) -> list[tuple[str, str]]:
    """What narrows the list now, each with the address that removes it."""
    fichas: list[tuple[str, str]] = []
    if filtros.q:
        fichas.append((f"«{filtros.q}»", url(q=None)))
    if filtros.categoria:
        fichas.append((ramas.nombre(filtros.categoria), url(categoria=None)))
    if filtros.departamento:
        fichas.append((DEPARTAMENTOS[filtros.departamento], url(departamento=None)))
    if filtros.precio_min is not None:
        fichas.append((_("desde Bs %(n)s") % {"n": _monto(filtros.precio_min)}, url(desde=None)))
    if filtros.precio_max is not None:
        fichas.append((_("hasta Bs %(n)s") % {"n": _monto(filtros.precio_max)}, url(hasta=None)))
    if filtros.vendedor_id:
        nombre = next((f.vendedor_nombre for f in resultado.productos), _("un vendedor"))
        fichas.append((nombre, url(vendedor=None)))
    if filtros.con_existencia:
        fichas.append((_("con existencia"), url(disponibles=None)))
    return fichas


def _ramas_visibles(filtros: Filtros, ramas: Arbol, resultado: Resultado) -> list[tuple[str, str, str, int]]:
    """(code, name, icon, count) of the categories one step down from the current one."""
    cuentas = resultado.facetas.categorias
    if filtros.categoria in ramas.ramas:
        hojas = ramas.ramas[filtros.categoria]
        return [(h.codigo, h.nombre, h.icono, cuentas[h.codigo]) for h in hojas if cuentas.get(h.codigo)]
    if filtros.categoria:
        return []
    arriba = [
        (
            codigo,
            ramas.nombre(codigo),
            ramas.nodos[codigo].icono,
            sum(cuentas.get(h.codigo, 0) for h in hojas),
        )
        for codigo, hojas in ramas.ramas.items()
    ]
    return [r for r in arriba if r[3]]


def _precio(texto: str) -> Money | None:
    try:
        return min(leer_monto(texto), PRECIO_TOPE)
    except Ilegible:
        return None


def _monto(precio: Money | None) -> str:
    if precio is None:
        return ""
    entero = precio.amount == precio.amount.to_integral_value()
    return f"{precio.amount:.0f}" if entero else f"{precio.amount:.2f}"


def _uuid(texto: str) -> UUID | None:
    try:
        return UUID(texto)
    except ValueError:
        return None


for _modulo in (web_producto, web_carrito, web_pedidos, web_vender):
    router.include_router(_modulo.router)
