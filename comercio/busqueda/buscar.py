"""Search of the catalogue: a query to read the words, one for the page, one (cached for seconds) for facets.

Lists read one table, filter and order on an index and never join before LIMIT. With words, products answer
by levels (`niveles`): each is read newest first and only while the page is not full, so that a word found in
every product costs no more than another. Statements are built once for each set of filters.
"""

from dataclasses import replace
from functools import cache, lru_cache
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
from comercio.promociones import rebajadas
from nucleo.paginacion import CursorPedido, escribir_cursor, leer_cursor

POCOS = 5_000
"""So many matches are sorted in some milliseconds; of a million products, one in two hundred."""

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
    """Products on sale that match, as they cost now. Mistyped words are corrected, and failing all words any
    word is enough.

    Without `contar`, the facets tell only of the products of this page.
    """
    if isinstance(filtros, str):
        filtros = Filtros(q=filtros)
    resultado = _buscar(sesion, filtros, pagina or CursorPedido(None, 24), contar)
    return replace(resultado, productos=_como_cuestan(sesion, resultado.productos))


def _como_cuestan(sesion: Session, fichas: list[Ficha]) -> list[Ficha]:
    menos = rebajadas(sesion, fichas)
    return [replace(f, rebajada=menos.get(f.id)) for f in fichas] if menos else fichas


def _buscar(sesion: Session, filtros: Filtros, pagina: CursorPedido, contar: bool) -> Resultado:
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
    niveles = de_comienzo(palabras).niveles
    return _leer_por_niveles(sesion, "relevancia", {}, niveles, CursorPedido(None, limite))[0]


def otros_del_vendedor(sesion: Session, vendedor_id: UUID, menos: UUID, limite: int = 5) -> list[Ficha]:
    """The newest products of a seller, other than the one being looked at."""
    fichas, _siguiente = _leer(
        sesion, "recientes", {"vendedor_id": vendedor_id}, CursorPedido(None, limite + 1)
    )
    return _como_cuestan(sesion, [ficha for ficha in fichas if ficha.id != menos][:limite])


@cache
def _orden(orden: str) -> tuple[tuple[Any, Any], bool]:
    """The columns of an order, the last one unique, and whether it descends."""
    if orden.startswith("precio"):
        return (type_coerce(p.c.rebajado, BigInteger).label("rebajado"), p.c.id), orden == "precio_desc"
    return (p.c.publicado_en, p.c.id), True


# How many rows are wanted is written in: a plan for any number would expect a tenth of the table.
@lru_cache(2_000)
def _lista(orden: str, pedidos: frozenset[str], con_cursor: bool, limite: int) -> Select[Any]:
    """The query of a page without words, the first one or one after a cursor, and one row more."""
    (columna, id_), desc = _orden(orden)
    todas = condiciones(pedidos)
    if con_cursor:
        todas.append(_tras_el_cursor(columna, id_, desc))
    en_orden = [c.desc() if desc else c.asc() for c in (columna, id_)]
    return select(*_COLUMNAS, columna.label("valor")).where(*todas).order_by(*en_orden).limit(_tope(limite))


def _tope(limite: int) -> Any:
    return literal_column(str(limite + 1))


def _tras_el_cursor(columna: Any, id_: Any, desc: bool) -> Any:
    sitio, ultimo = tuple_(columna, id_), tuple_(bindparam("ultimo_valor"), bindparam("ultimo_id"))
    return sitio < ultimo if desc else sitio > ultimo


@lru_cache(2_000)
def _lista_por_niveles(
    orden: str, pedidos: frozenset[str], desde: int, hasta: int, con_cursor: bool, limite: int
) -> Select[Any]:
    """Levels `desde` to `hasta`, one after the other, each in order; the first one after a cursor.

    PostgreSQL runs the parts of a union in order and stops at the limit (`comercio_nivel` keeps it from
    running them in parallel), so a level is not read while an earlier one fills the page.

    Neither reading in order until the page is full nor finding all by their words and sorting them is good
    for every word: the first reads a million products to find that nobody sells it, the second sorts half
    the shop. No estimate chooses: up to `POCOS` matches are found by their words; when there are more, one
    in so many products is a match, and reading in order fills the page soon.
    """
    (columna, id_), desc = _orden(orden)
    tope = _tope(limite)
    partes: list[Any] = []
    for nivel in range(desde, hasta):
        todas = [*condiciones(pedidos), responde(f"nivel_{nivel}")]
        if con_cursor and nivel == desde:
            todas.append(_tras_el_cursor(columna, id_, desc))
        halladas = select(id_, columna.label("valor")).where(*todas).cte(f"halladas_{nivel}")
        pocas = (
            select(*halladas.prefix_with("MATERIALIZED").c)
            .limit(literal_column(str(POCOS + 1)))
            .cte(f"pocas_{nivel}")
        )
        son_pocas = select(func.count() <= POCOS).select_from(pocas).scalar_subquery()
        el_nivel = func.comercio_nivel(literal(nivel)).label("nivel")
        for fuente, clave, cuando in (
            (select(*pocas.c, el_nivel), (pocas.c.valor, pocas.c.id), son_pocas),
            (select(id_, columna.label("valor"), el_nivel).where(*todas), (columna, id_), ~son_pocas),
        ):
            en_orden = [c.desc() if desc else c.asc() for c in clave]
            parte = fuente.where(cuando).order_by(*en_orden).limit(tope)
            partes.append(select(parte.subquery(f"parte_{len(partes)}")))
    hallados = select(union_all(*partes).subquery("por_niveles")).limit(tope).subquery("hallados")
    valor = hallados.c.valor.desc() if desc else hallados.c.valor.asc()
    return (
        select(*_COLUMNAS, hallados.c.valor, hallados.c.nivel)
        .join(hallados, hallados.c.id == p.c.id)
        .order_by(hallados.c.nivel, valor, hallados.c.id.desc() if desc else hallados.c.id.asc())
    )


def _leer_por_niveles(
    sesion: Session, orden: str, pedidos: dict[str, Any], niveles: tuple[str, ...], pagina: CursorPedido
) -> tuple[list[Ficha], str | None]:
    desde, cursor = 0, {}
    if pagina.cursor:
        columnas, _desc = _orden(orden)
        desde, valor, ultimo_id = leer_cursor(pagina.cursor, (literal_column("0", Integer), *columnas))
        desde = min(max(desde, 0), len(niveles) - 1)
        cursor = {"ultimo_valor": valor, "ultimo_id": ultimo_id}
    sentencia = _lista_por_niveles(
        orden, frozenset(pedidos), desde, len(niveles), bool(cursor), pagina.limite
    )
    textos = {f"nivel_{n}": texto for n, texto in enumerate(niveles) if n >= desde}
    filas = sesion.execute(sentencia, pedidos | cursor | textos).all()
    fichas = [Ficha(*fila[: len(_COLUMNAS)]) for fila in filas[: pagina.limite]]
    if len(filas) <= pagina.limite:
        return fichas, None
    ultima = filas[pagina.limite - 1]
    return fichas, escribir_cursor([ultima.nivel, ultima.valor, ultima.id])


def _leer(
    sesion: Session, orden: str, pedidos: dict[str, Any], pagina: CursorPedido
) -> tuple[list[Ficha], str | None]:
    cursor = {}
    if pagina.cursor:
        valor, ultimo_id = leer_cursor(pagina.cursor, _orden(orden)[0])
        cursor = {"ultimo_valor": valor, "ultimo_id": ultimo_id}
    sentencia = _lista(orden, frozenset(pedidos), bool(cursor), pagina.limite)
    filas = sesion.execute(sentencia, pedidos | cursor).all()
    fichas = [Ficha(*fila[: len(_COLUMNAS)]) for fila in filas[: pagina.limite]]
    if len(filas) <= pagina.limite:
        return fichas, None
    ultima = filas[pagina.limite - 1]
    return fichas, escribir_cursor([ultima.valor, ultima.id])


def _pagina(
    sesion: Session, filtros: Filtros, niveles: Niveles | None, pagina: CursorPedido, contar: bool
) -> Resultado:
    palabras = niveles.todos if niveles else None
    orden, pedidos = filtros.orden_efectivo, parametros(filtros, None)
    if niveles:
        en_orden = niveles.niveles if orden == "relevancia" else (niveles.todos,)
        fichas, siguiente = _leer_por_niveles(sesion, orden, pedidos, en_orden, pagina)
    else:
        fichas, siguiente = _leer(sesion, orden, pedidos, pagina)
    es_todo = siguiente is None and pagina.cursor is None
    if not contar:
        return Resultado(fichas, siguiente, facetas_de(fichas))
    de_todo = facetas_de(fichas) if es_todo else None
    return Resultado(fichas, siguiente, facetas(sesion, filtros, palabras, de_todo))
