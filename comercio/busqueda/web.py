"""The list of the shop: search and facets."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from alertas import enlace_para_avisarme
from ciudadania import ActorRequerido
from comercio.busqueda import alertas
from comercio.busqueda.buscar import buscar_productos
from comercio.busqueda.enlaces import Enlaces, en_numero, leer_filtros
from comercio.busqueda.palabras import DEPARTAMENTOS
from comercio.busqueda.vacias import DIAS, anotar_si_vacia, vacias
from comercio.busqueda.valores import Ficha, Filtros, Resultado
from comercio.catalogo import BOLIVIA, Arbol, arbol, foto_compartida, origen_en_palabras
from nucleo.bd import Lectura, Sesion
from nucleo.configuracion import ajustes
from nucleo.dinero import formato_bs
from nucleo.paginacion import CursorPedido, UnCursor
from nucleo.textos import gettext as _
from nucleo.web import pagina, pagina_recordada, publico

router = APIRouter()
POR_PAGINA = 24
_PUBLICO = [Depends(publico)]


@router.get("/tienda", dependencies=_PUBLICO)
def tienda(
    request: Request,
    sesion: Lectura,
    q: str = "",
    categoria: str = "",
    departamento: str = "",
    desde: str = "",
    hasta: str = "",
    vendedor: str = "",
    disponibles: str = "",
    atributo: Annotated[list[str], Query()] = [],  # noqa: B006 (FastAPI copies it)
    orden: str = "",
    origen: str = "",
    cursor: UnCursor = None,
) -> Response:
    """Search and facets. What cannot be understood in the address is left out, never an error."""
    ramas = arbol(sesion)
    filtros = leer_filtros(
        ramas, q, categoria, departamento, desde, hasta, vendedor, disponibles, atributo, orden, origen
    )
    resultado = buscar_productos(sesion, filtros, CursorPedido(cursor, POR_PAGINA))
    if cursor is None:
        anotar_si_vacia(sesion, filtros, resultado)

    def contexto() -> dict[str, Any]:
        enlaces = Enlaces(filtros)
        suyo = next(iter(resultado.productos), None) if filtros.vendedor_id else None
        return {
            "filtros": filtros,
            "orden": filtros.orden_efectivo,
            "titulo": _titulo(filtros, ramas, suyo),
            "vitrina": suyo,
            "compartida": _compartida(resultado.productos) if filtros.es_vitrina and cursor is None else None,
            "fichas_de_filtro": _fichas(filtros, ramas, resultado, enlaces),
            "ramas_visibles": _ramas_visibles(filtros, ramas, resultado),
            "sobre_el_precio": _sobre_el_precio(filtros, desde, hasta),
            "desde": en_numero(filtros.precio_min),
            "hasta": en_numero(filtros.precio_max),
            "consulta": filtros.q,
            "cursor": cursor,
            "avisarme": enlace_para_avisarme(alertas.CODIGO, alertas.criterios_de(filtros)),
            "congelar": f"/busquedas-congeladas/nueva?{enlaces.consulta()}",
            "resultado": resultado,
            # all that the list is drawn from: what was asked, the tree, what was found
            "visto": (request.url.query, *visto),
            "arbol": ramas,
            "url": enlaces,
            "departamentos": DEPARTAMENTOS,
            "bolivia": BOLIVIA,
        }

    visto = (ramas.dicho, *resultado.visto)
    return pagina_recordada(request, "comercio/busqueda/tienda.html", visto, contexto)


@router.get("/vender/busquedas-sin-resultado")
def busquedas_sin_resultado(request: Request, sesion: Sesion, _actor: ActorRequerido) -> Response:
    """What was looked for and nobody sells, for who may."""
    return pagina(request, "comercio/busqueda/vacias.html", vacias=vacias(sesion), dias=DIAS)


def _compartida(productos: Sequence[Ficha]) -> dict[str, str]:
    """What a message with the address of somebody's shelf shows: whole addresses, and a photo of theirs."""
    if not productos:
        return {}
    uno = productos[0]
    foto = next((f.foto for f in productos if f.foto), None)
    return {
        "url": f"{ajustes().url_publica}/tienda?vendedor={uno.vendedor_id}",
        "descripcion": f"{uno.lugar}. " + ", ".join(f.titulo for f in productos[:5]),
        "foto": foto_compartida(foto) if foto else "",
    }


def _titulo(filtros: Filtros, ramas: Arbol, suyo: Ficha | None) -> str:
    """`suyo`: something of the seller whose products they are."""
    if suyo is not None and not filtros.q and not filtros.categoria:
        return suyo.vendedor_nombre
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
        fichas.append((_("desde Bs %(n)s") % {"n": en_numero(filtros.precio_min)}, url(desde=None)))
    if filtros.precio_max is not None:
        fichas.append((_("hasta Bs %(n)s") % {"n": en_numero(filtros.precio_max)}, url(hasta=None)))
    if filtros.vendedor_id:
        nombre = next((f.vendedor_nombre for f in resultado.productos), _("un vendedor"))
        fichas.append((nombre, url(vendedor=None)))
    if filtros.origen:
        fichas.append((origen_en_palabras(filtros.origen), url(origen=None)))
    if filtros.con_existencia:
        fichas.append((_("con existencia"), url(disponibles=None)))
    fichas += [(f"{nombre}: {valor}", url.con_atributo(nombre, None)) for nombre, valor in filtros.atributos]
    return fichas


def _ramas_visibles(filtros: Filtros, ramas: Arbol, resultado: Resultado) -> list[tuple[str, str, str, int]]:
    """(code, name, icon, count) of the categories one step down from the current one, or beside it: those
    that were found, or all of them when what was found is a sample."""
    cuentas = resultado.facetas.categorias
    todas = "categorias" in resultado.facetas.de_muestra
    if filtros.categoria:
        rama = ramas.nodos[filtros.categoria].padre or filtros.categoria
        hojas = ramas.ramas[rama]
        cada_una = [(h.codigo, h.nombre, h.icono, cuentas.get(h.codigo, 0)) for h in hojas]
        return [r for r in cada_una if todas or r[3]]
    arriba = [
        (
            codigo,
            ramas.nombre(codigo),
            ramas.nodos[codigo].icono,
            sum(cuentas.get(h.codigo, 0) for h in hojas),
        )
        for codigo, hojas in ramas.ramas.items()
    ]
    return [r for r in arriba if todas or r[3]]


def _sobre_el_precio(filtros: Filtros, desde: str, hasta: str) -> str:
    """Why a price that was asked for finds nothing, or was not heeded."""
    minimo, maximo = filtros.precio_min, filtros.precio_max
    for escrito, leido in ((desde.strip(), minimo), (hasta.strip(), maximo)):
        if escrito and leido is None:
            ejemplo = _("No entendimos el precio «%(texto)s»: escriba, por ejemplo, 50 o 12,50.")
            return ejemplo % {"texto": escrito}
    if minimo is not None and maximo is not None and minimo > maximo:
        texto = _("Nada cuesta más de %(desde)s y menos de %(hasta)s: revise los dos precios.")
        return texto % {"desde": formato_bs(minimo), "hasta": formato_bs(maximo)}
    return ""
