"""Search of the catalogue: a query to read the words, one for the page, one (cached for seconds) for facets.

Lists read one table, filter and order on an index and never join before LIMIT. With words, products answer
by levels (`niveles`): each is read newest first and only while the page is not full, so that a word found in
every product costs no more than another. Statements are built once for each set of filters. The words go
in as a literal: the planner must know how common they are.
"""

from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Integer,
    Select,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    tuple_,
    type_coerce,
    union_all,
)
from sqlmodel import Session

from comercio.busqueda.condiciones import condiciones, parametros, responde
from comercio.busqueda.entender import completar, corregir, leer, separar, sinonimos
from comercio.busqueda.facetas import facetas, facetas_de
from comercio.busqueda.niveles import Niveles, de_algunas, de_comienzo, de_todas
from comercio.busqueda.valores import Ficha, Filtros, Resultado
from comercio.catalogo import arbol
from comercio.catalogo.modelos import tabla_producto as p
from nucleo.paginacion import CursorPedido, escribir_cursor, leer_cursor, paginar

_COLUMNAS = (
    p.c.id,
    p.c.titulo,
    p.c.precio,
    p.c.precio_maximo,
    p.c.unidad_medida,
    p.c.disponible,
    p.c.foto,
    p.c.categoria_codigo,
    p.c.modalidad,
    p.c.vendedor_id,
    p.c.vendedor_nombre,
    p.c.vendedor_numero,
    p.c.departamento,
    p.c.lugar,
)


def buscar_productos(
    sesion: Session,
    filtros: Filtros | str = "",
    pagina: CursorPedido | None = None,
    *,
    contar: bool = True,
) -> Resultado:
    """Products on sale that match. Mistyped words are corrected, and failing all words any word is enough.

    Without `contar`, the facets tell only of the products of this page.
    """
    if isinstance(filtros, str):
        filtros = Filtros(q=filtros)
    pagina = pagina or CursorPedido(None, 24)
    if filtros.categoria:
        filtros = replace(filtros, es_rama=filtros.categoria in arbol(sesion).ramas)
    terminos, palabras = leer(sesion, filtros.q) if filtros.q else ([], [])
    if not terminos:
        return _pagina(sesion, replace(filtros, q=""), None, pagina, contar)
    resultado = _pagina(sesion, filtros, de_todas(completar(sesion, terminos)), pagina, contar)
    if resultado.productos or pagina.cursor:
        return resultado
    for entendido in (sinonimos(sesion).frase_en(palabras), corregir(sesion, terminos)):
        if entendido is not None:
            terminos, _palabras = leer(sesion, entendido)
            corregido = _pagina(sesion, filtros, de_todas(terminos), pagina, contar)
            if corregido.productos:
                return replace(corregido, entendido=entendido)
    if len(terminos) > 1:
        alguna = _pagina(sesion, filtros, de_algunas(terminos), pagina, contar)
        return replace(alguna, parcial=True) if alguna.productos else resultado
    return resultado


def sugerir(sesion: Session, q: str, limite: int = 8) -> list[Ficha]:
    """The first products whose title has what has been typed so far; one query, no facets, no corrections."""
    palabras = separar(q)
    if not palabras:
        return []
    return _leer_por_niveles(sesion, {}, de_comienzo(palabras), CursorPedido(None, limite))[0]


def otros_del_vendedor(sesion: Session, vendedor_id: UUID, menos: UUID, limite: int = 5) -> list[Ficha]:
    """The newest products of a seller, other than the one being looked at."""
    fichas, _siguiente = _leer(
        sesion, "recientes", {"vendedor_id": vendedor_id}, CursorPedido(None, limite + 1)
    )
    return [ficha for ficha in fichas if ficha.id != menos][:limite]


@cache
def _lista(orden: str, pedidos: frozenset[str]) -> tuple[Select[Any], tuple[Any, ...], bool]:
    """The query of a page, the columns of its order, and whether it descends."""
    todas = condiciones(pedidos)
    if orden.startswith("precio"):
        precio = type_coerce(p.c.precio, BigInteger).label("precio")
        return select(*_COLUMNAS).where(*todas), (precio, p.c.id), orden == "precio_desc"
    return select(*_COLUMNAS, p.c.publicado_en).where(*todas), (p.c.publicado_en, p.c.id), True


@cache
def _lista_por_niveles(pedidos: frozenset[str], desde: int, hasta: int, con_cursor: bool) -> Select[Any]:
    """Levels `desde` to `hasta`, one after the other, each newest first; the first one after a cursor.

    PostgreSQL runs the parts of a union in order and stops at the limit (`comercio_nivel` keeps it from
    running them in parallel), so a level is not read while an earlier one fills the page.
    """
    tope = bindparam("tope", type_=Integer, literal_execute=True)
    todas = condiciones(pedidos)
    partes = []
    for nivel in range(desde, hasta):
        parte = select(
            *_COLUMNAS, p.c.publicado_en, func.comercio_nivel(literal(nivel)).label("nivel")
        ).where(*todas, responde(f"nivel_{nivel}"))
        if con_cursor and nivel == desde:
            parte = parte.where(
                tuple_(p.c.publicado_en, p.c.id) < tuple_(bindparam("publicado_en"), bindparam("ultimo_id"))
            )
        ordenada = parte.order_by(p.c.publicado_en.desc(), p.c.id.desc()).limit(tope)
        partes.append(select(ordenada.subquery(f"en_{nivel}")))
    return select(union_all(*partes).subquery("por_niveles")).limit(tope)


_CURSOR = (literal_column("0", Integer), p.c.publicado_en, p.c.id)


def _leer_por_niveles(
    sesion: Session, pedidos: dict[str, Any], niveles: Niveles, pagina: CursorPedido
) -> tuple[list[Ficha], str | None]:
    desde, cursor = 0, {}
    if pagina.cursor:
        desde, publicado_en, ultimo_id = leer_cursor(pagina.cursor, _CURSOR)
        desde = min(max(desde, 0), len(niveles.niveles) - 1)
        cursor = {"publicado_en": publicado_en, "ultimo_id": ultimo_id}
    sentencia = _lista_por_niveles(frozenset(pedidos), desde, len(niveles.niveles), bool(cursor))
    textos = {f"nivel_{n}": texto for n, texto in enumerate(niveles.niveles) if n >= desde}
    filas = sesion.execute(sentencia, pedidos | cursor | textos | {"tope": pagina.limite + 1}).all()
    fichas = [Ficha(*fila[: len(_COLUMNAS)]) for fila in filas[: pagina.limite]]
    if len(filas) <= pagina.limite:
        return fichas, None
    ultima = filas[pagina.limite - 1]
    return fichas, escribir_cursor([ultima.nivel, ultima.publicado_en, ultima.id])


def _leer(
    sesion: Session, orden: str, pedidos: dict[str, Any], pagina: CursorPedido
) -> tuple[list[Ficha], str | None]:
    sentencia, columnas, desc = _lista(orden, frozenset(pedidos))
    filas, siguiente = paginar(
        sesion,
        sentencia,
        pagina,
        columnas=columnas,
        desc=desc,
        escalares=False,
        parametros=pedidos,
    )
    return [Ficha(*fila[: len(_COLUMNAS)]) for fila in filas], siguiente


def _pagina(
    sesion: Session, filtros: Filtros, niveles: Niveles | None, pagina: CursorPedido, contar: bool
) -> Resultado:
    palabras = niveles.todos if niveles else None
    if niveles and filtros.orden_efectivo == "relevancia":
        fichas, siguiente = _leer_por_niveles(sesion, parametros(filtros, None), niveles, pagina)
    else:
        fichas, siguiente = _leer(sesion, filtros.orden_efectivo, parametros(filtros, palabras), pagina)
    es_todo = siguiente is None and pagina.cursor is None
    if not contar:
        return Resultado(fichas, siguiente, facetas_de(fichas))
    de_todo = facetas_de(fichas) if es_todo else None
    return Resultado(fichas, siguiente, facetas(sesion, filtros, palabras, de_todo))
