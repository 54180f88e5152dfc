"""What search engines may visit of the shop: an index of pages of products, each of some thousands, and the
shelves of those who sell them.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Depends
from lxml import etree
from sqlalchemy import text
from starlette.responses import Response

from comercio.tienda.compartir import absoluta, direccion
from nucleo.bd import Sesion
from nucleo.memoria import Memoria
from nucleo.web import publico

router = APIRouter(include_in_schema=False)
POR_PAGINA = 10_000
_NS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_EN_VENTA = "estado = 'publicado' AND vendedor_habilitado"
_COMIENZOS = text(
    f"""
    SELECT id FROM (
        SELECT id, row_number() OVER (ORDER BY id) AS n FROM comercio_producto WHERE {_EN_VENTA}) p
    WHERE n % :cada = 1 ORDER BY id
    """  # noqa: S608 (a constant)
)
_PRODUCTOS = text(
    f"SELECT id, titulo, actualizado_en FROM comercio_producto WHERE id >= :desde AND {_EN_VENTA}"  # noqa: S608 (constants)
    " ORDER BY id LIMIT :cada"
)
_VENDEDORES = text(
    f"SELECT vendedor_id, max(actualizado_en) AS cambio FROM comercio_producto WHERE {_EN_VENTA}"  # noqa: S608 (constants)
    " GROUP BY vendedor_id ORDER BY vendedor_id LIMIT 50000"
)
_comienzos: Memoria[str, Sequence[UUID]] = Memoria(segundos=3600, maximo=1)
_vitrinas: Memoria[str, Sequence[tuple[str, datetime]]] = Memoria(segundos=3600, maximo=1)


@router.get("/sitemap.xml", dependencies=[Depends(publico)])
def mapa(sesion: Sesion) -> Response:
    """Its pages, found once an hour: it reads all that is on sale."""

    def leer() -> Sequence[UUID]:
        return sesion.connection().execute(_COMIENZOS, {"cada": POR_PAGINA}).scalars().all()

    comienzos = _comienzos.obtener("", leer)
    paginas = [f"/sitemap/productos.xml?desde={id_}" for id_ in comienzos]
    paginas += ["/sitemap/vendedores.xml"] if comienzos else []
    return _xml("sitemapindex", "sitemap", ((pagina, None) for pagina in paginas))


@router.get("/sitemap/productos.xml", dependencies=[Depends(publico)])
def mapa_de_productos(sesion: Sesion, desde: UUID) -> Response:
    filas = sesion.connection().execute(_PRODUCTOS, {"desde": desde, "cada": POR_PAGINA})
    return _xml("urlset", "url", ((direccion(f.id, f.titulo), f.actualizado_en) for f in filas))


@router.get("/sitemap/vendedores.xml", dependencies=[Depends(publico)])
def mapa_de_vendedores(sesion: Sesion) -> Response:
    """The shelf of each, found once an hour: it reads all that is on sale."""

    def leer() -> Sequence[tuple[str, datetime]]:
        filas = sesion.connection().execute(_VENDEDORES)
        return [(f"/tienda?vendedor={f.vendedor_id}", f.cambio) for f in filas]

    return _xml("urlset", "url", _vitrinas.obtener("", leer))


def olvidar_mapa() -> None:
    """Forget what it has (tests)."""
    _comienzos.vaciar()
    _vitrinas.vaciar()


def _xml(raiz: str, cada_uno: str, lugares: Iterable[tuple[str, datetime | None]]) -> Response:
    documento = etree.Element(f"{{{_NS}}}{raiz}", nsmap={None: _NS})
    for ruta, cambio in lugares:
        nodo = etree.SubElement(documento, f"{{{_NS}}}{cada_uno}")
        etree.SubElement(nodo, f"{{{_NS}}}loc").text = absoluta(ruta)
        if cambio is not None:
            etree.SubElement(nodo, f"{{{_NS}}}lastmod").text = cambio.isoformat(timespec="seconds")
    cuerpo = etree.tostring(documento, encoding="UTF-8", xml_declaration=True)
    return Response(cuerpo, media_type="application/xml", headers={"Cache-Control": "public, max-age=3600"})
