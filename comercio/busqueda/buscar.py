"""Search of the catalogue: a query to read the words, one for the page, one (cached for seconds) for facets.

Lists read one table, filter and order on an index and never join before LIMIT. With words, products answer
by levels (`niveles`): each is read newest first and only while the page is not full, so that a word found in
every product costs no more than another. Statements are built once for each set of filters.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Select,
    and_,
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

from comercio.busqueda.comunes import MUESTRA, POCOS, SEGUIDOS, UNO_EN, primero_comun
from comercio.busqueda.condiciones import A_LA_VENTA, condiciones, parametros, responde
from comercio.busqueda.entender import completar, corregir, leer, separar, sinonimos
from comercio.busqueda.facetas import facetas, facetas_de
from comercio.busqueda.listas import COLUMNAS, Lista, leer_lista
from comercio.busqueda.niveles import Niveles, de_algunas, de_comienzo, de_todas
from comercio.busqueda.valores import Ficha, Filtros, Resultado
from comercio.catalogo import arbol
from comercio.catalogo.modelos import tabla_producto as p
from nucleo.en_texto import de_tipo, filas_en_json, filas_en_texto
from nucleo.paginacion import CursorPedido, escribir_cursor, leer_cursor


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


def sugerir(sesion: Session, q: str, limite: int = 8) -> Sequence[Ficha]:
    """The first products whose title has what has been typed so far; one query, no facets, no corrections."""
    palabras = separar(q)
    if not palabras:
        return []
    pagina = CursorPedido(None, limite)
    return _leer_por_niveles(sesion, "relevancia", {}, de_comienzo(palabras), pagina).fichas


def otros_del_vendedor(vendedor_id: Any, menos: Any, limite: int = 5) -> Any:
    """The newest products of a seller, other than the one being looked at, to be asked beside other things;
    `fichas_de` reads it."""
    (publicado_en, id_), _desc = _orden("recientes")
    todas = (A_LA_VENTA, p.c.vendedor_id == vendedor_id, id_ != menos)
    consulta = select(*COLUMNAS).where(*todas).order_by(publicado_en.desc(), id_.desc())
    return filas_en_json(consulta.limit(limite))


SIN_PREGUNTAR = 2
"""So many levels, as words are written in titles, fill the page of most searches."""


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
    consulta = select(*COLUMNAS, columna.label("valor")).where(*todas).order_by(*_por(desc, columna, id_))
    return filas_en_texto(consulta.limit(_tope(limite)))


def _por(desc: bool, *columnas: Any) -> list[Any]:
    return [c.desc() if desc else c.asc() for c in columnas]


def _tope(limite: int) -> Any:
    return literal_column(str(limite + 1))


def _tras_el_cursor(columna: Any, id_: Any, desc: bool) -> Any:
    sitio, ultimo = tuple_(columna, id_), tuple_(bindparam("ultimo_valor"), bindparam("ultimo_id"))
    return sitio < ultimo if desc else sitio > ultimo


@lru_cache(2_000)
def _lista_por_niveles(
    orden: str,
    pedidos: frozenset[str],
    desde: int,
    hasta: int,
    con_cursor: bool,
    limite: int,
    ultimo_es_comun: bool = False,
) -> Select[Any]:
    """Levels `desde` to `hasta`, one after the other, each in order; the first one after a cursor.

    PostgreSQL runs the parts of a union in order and stops at the limit (`comercio_nivel` keeps it from
    running them in parallel), so a level is not read while an earlier one fills the page.

    Neither reading in order until the page is full nor finding all by their words and sorting them is good
    for every word: the first reads a million products to find that nobody sells it, the second sorts half
    the shop. No estimate chooses: up to `POCOS` matches are found by their words; when there are more, one
    in so many products is a match, and reading in order fills the page soon.

    Once the first `SIN_PREGUNTAR` levels have not filled it, the others are read only if something has all
    that was asked: each is a part of it.
    """
    (columna, id_), desc = _orden(orden)
    tope = _tope(limite)
    partes: list[Any] = []
    alguna = select(id_).where(*condiciones(pedidos), responde("todos")).cte("alguna")
    hay_alguna = select(select(*alguna.prefix_with("MATERIALIZED").c).exists()).scalar_subquery()
    for nivel in range(desde, hasta):
        todas = condiciones(pedidos)
        if con_cursor and nivel == desde:
            todas.append(_tras_el_cursor(columna, id_, desc))
        if ultimo_es_comun and nivel == hasta - 1:
            partes.append(select(_de_los_primeros(orden, todas, nivel, limite).subquery("de_los_primeros")))
            continue
        todas.append(responde(f"nivel_{nivel}"))
        halladas = select(id_, columna.label("valor")).where(*todas).cte(f"halladas_{nivel}")
        pocas = (
            select(*halladas.prefix_with("MATERIALIZED").c)
            .limit(literal_column(str(POCOS + 1)))
            .cte(f"pocas_{nivel}")
        )
        son_pocas = select(func.count() <= POCOS).select_from(pocas).scalar_subquery()
        el_nivel, antes = _nivel(nivel), [hay_alguna] if nivel - desde >= SIN_PREGUNTAR else []
        for fuente, clave, cuando in (
            (select(*pocas.c, el_nivel), (pocas.c.valor, pocas.c.id), son_pocas),
            (select(id_, columna.label("valor"), el_nivel).where(*todas), (columna, id_), ~son_pocas),
        ):
            parte = fuente.where(and_(*antes, cuando)).order_by(*_por(desc, *clave)).limit(tope)
            partes.append(select(parte.subquery(f"parte_{len(partes)}")))
    hallados = select(union_all(*partes).subquery("por_niveles")).limit(tope).subquery("hallados")
    consulta = select(*COLUMNAS, hallados.c.nivel, hallados.c.valor).join(hallados, hallados.c.id == p.c.id)
    return filas_en_texto(consulta.order_by(hallados.c.nivel, *_por(desc, hallados.c.valor, hallados.c.id)))


def _de_los_primeros(orden: str, condiciones: Sequence[Any], nivel: int, limite: int) -> Select[Any]:
    """Of the first `SEGUIDOS` products that are so, those that answer a level; none unless enough of the
    first `MUESTRA` do."""
    (columna, id_), desc = _orden(orden)
    en_orden = select(id_, columna.label("valor"), p.c.busqueda).where(*condiciones)
    en_orden = en_orden.order_by(*_por(desc, columna, id_))
    muestra = en_orden.limit(literal_column(str(MUESTRA))).subquery("muestra")
    bastan = select(func.count() * UNO_EN >= MUESTRA).where(responde(f"nivel_{nivel}", muestra.c))
    seguidos = (
        en_orden.where(bastan.scalar_subquery()).limit(literal_column(str(SEGUIDOS))).subquery("seguidos")
    )
    de_ellos = select(seguidos.c.id, seguidos.c.valor, _nivel(nivel))
    de_ellos = de_ellos.where(responde(f"nivel_{nivel}", seguidos.c))
    return de_ellos.order_by(*_por(desc, seguidos.c.valor, seguidos.c.id)).limit(_tope(limite))


def _nivel(nivel: int) -> Any:
    return func.comercio_nivel(literal(nivel)).label("nivel")


@dataclass(frozen=True, slots=True)
class _Leidas:
    """A page of a list: its fichas, the cursor of the next one, and what the database said."""

    lista: Lista
    fichas: tuple[Ficha, ...]
    siguiente: str | None
    dicho: str | None


def _leer_por_niveles(
    sesion: Session, orden: str, pedidos: dict[str, Any], buscado: Niveles, pagina: CursorPedido
) -> _Leidas:
    desde, cursor, niveles = 0, {}, buscado.niveles
    if pagina.cursor:
        columnas, _desc = _orden(orden)
        desde, valor, ultimo_id = leer_cursor(pagina.cursor, (literal_column("0", Integer), *columnas))
        desde = min(max(desde, 0), len(niveles) - 1)
        cursor = {"ultimo_valor": valor, "ultimo_id": ultimo_id}

    def hasta_el(hasta: int, ultimo_es_comun: bool = False) -> _Leidas:
        sentencia = _lista_por_niveles(
            orden, frozenset(pedidos), desde, hasta, bool(cursor), pagina.limite, ultimo_es_comun
        )
        textos = {f"nivel_{n}": niveles[n] for n in range(desde, hasta)} | {"todos": buscado.todos}
        return _leidas(sesion, sentencia, pedidos | cursor | textos, orden, pagina)

    comun = None if pedidos else primero_comun(sesion, niveles, desde)
    if comun is not None:
        leidas = hasta_el(comun + 1, ultimo_es_comun=True)
        if leidas.siguiente:
            return leidas
    return hasta_el(len(niveles))


def _leer(sesion: Session, orden: str, pedidos: dict[str, Any], pagina: CursorPedido) -> _Leidas:
    cursor = {}
    if pagina.cursor:
        valor, ultimo_id = leer_cursor(pagina.cursor, _orden(orden)[0])
        cursor = {"ultimo_valor": valor, "ultimo_id": ultimo_id}
    sentencia = _lista(orden, frozenset(pedidos), bool(cursor), pagina.limite)
    return _leidas(sesion, sentencia, pedidos | cursor, orden, pagina)


def _leidas(
    sesion: Session, sentencia: Select[Any], valores: dict[str, Any], orden: str, pagina: CursorPedido
) -> _Leidas:
    """Of the row more that was asked for, only that there is one."""
    dicho = sesion.connection().execute(sentencia, valores).scalar_one()
    lista = leer_lista(dicho)
    fichas = lista.fichas[: pagina.limite]
    if len(lista.fichas) <= pagina.limite:
        return _Leidas(lista, fichas, None, dicho)
    *nivel, valor = lista.sitios[pagina.limite - 1]
    leido = de_tipo(_orden(orden)[0][0].type, valor)
    return _Leidas(lista, fichas, escribir_cursor([*nivel, leido, fichas[-1].id]), dicho)


def _pagina(
    sesion: Session, filtros: Filtros, niveles: Niveles | None, pagina: CursorPedido, contar: bool
) -> Resultado:
    palabras = niveles.todos if niveles else None
    orden, pedidos = filtros.orden_efectivo, parametros(filtros, None)
    if niveles:
        en_orden = niveles if orden == "relevancia" else Niveles(niveles.todos, (niveles.todos,))
        leidas = _leer_por_niveles(sesion, orden, pedidos, en_orden, pagina)
    else:
        leidas = _leer(sesion, orden, pedidos, pagina)
    if not contar:
        cuentas = facetas_de(leidas.fichas)
    else:
        es_todo = leidas.siguiente is None and pagina.cursor is None
        cuentas = facetas(sesion, filtros, palabras, leidas.lista.facetas if es_todo else None)
    return Resultado(leidas.fichas, leidas.siguiente, cuentas, leidas.dicho)
