"""Search of the catalogue: one query for the page, one (cached for seconds) for the facets.

Lists read one table, filter and order on an index and never join before LIMIT. Relevance ranks the newest
`CANDIDATOS` matches and facets count them, so that a word found in every product costs no more than that.
Statements are built once for each set of filters. The words go in as a literal: the planner must know how
common they are, and a parameter would be stemmed again for every row.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import UUID

from moneyed import Money
from rapidfuzz.distance import OSA
from sqlalchemy import (
    BigInteger,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    text,
    tuple_,
    type_coerce,
)
from sqlmodel import Session

from comercio.categorias import arbol
from comercio.modelos import tabla_producto as p
from nucleo.memoria import Memoria
from nucleo.paginacion import CursorPedido, paginar

CANDIDATOS = 1_000
PALABRAS_MAXIMAS = 8
PESOS = "{0.05, 0.2, 0.35, 1.0}"  # description, seller and place, category, title
ORDENES = ("relevancia", "recientes", "precio_asc", "precio_desc")


@dataclass(frozen=True, slots=True)
class Filtros:
    """What narrows a search. `orden` None: relevance with words, newest without.

    `es_rama` (the category is a root) is filled by the search.
    """

    q: str = ""
    categoria: str | None = None
    departamento: str | None = None
    precio_min: Money | None = None
    precio_max: Money | None = None
    vendedor_id: UUID | None = None
    con_existencia: bool = False
    orden: str | None = None
    es_rama: bool = False

    @property
    def orden_efectivo(self) -> str:
        if self.orden in ORDENES and (self.orden != "relevancia" or self.q):
            return self.orden
        return "relevancia" if self.q else "recientes"


@dataclass(frozen=True, slots=True)
class Ficha:
    """A product in a list."""

    id: UUID
    titulo: str
    precio: Money
    unidad_medida: str
    disponible: int
    foto: UUID | None
    categoria_codigo: str
    modalidad: str
    vendedor_id: UUID
    vendedor_nombre: str
    vendedor_numero: str
    departamento: str
    lugar: str


@dataclass(frozen=True, slots=True)
class Facetas:
    """How many products each choice would leave; counting stops at `CANDIDATOS` (then `hay_mas`)."""

    total: int
    hay_mas: bool
    categorias: dict[str, int]
    departamentos: dict[str, int]
    vendedores: list[tuple[UUID, str, int]]


@dataclass(frozen=True, slots=True)
class Resultado:
    """A page of products. `entendido` is what was searched when it is not what was typed."""

    productos: list[Ficha]
    siguiente: str | None
    facetas: Facetas
    entendido: str | None = None
    parcial: bool = False


_COLUMNAS = (
    p.c.id,
    p.c.titulo,
    p.c.precio,
    p.c.unidad_medida,
    (p.c.existencia - p.c.reservado).label("disponible"),
    p.c.foto,
    p.c.categoria_codigo,
    p.c.modalidad,
    p.c.vendedor_id,
    p.c.vendedor_nombre,
    p.c.vendedor_numero,
    p.c.departamento,
    p.c.lugar,
)
# Written as the partial indexes state it, so that the planner sees they apply.
A_LA_VENTA = text("comercio_producto.estado = 'publicado' AND comercio_producto.vendedor_habilitado")
_PALABRAS = func.to_tsquery(
    literal_column("'comercio_es'"), bindparam("palabras", type_=String, literal_execute=True)
)
_CONDICIONES: dict[str, Any] = {
    "palabras": p.c.busqueda.op("@@")(_PALABRAS),
    "raiz": p.c.raiz_codigo == bindparam("raiz"),
    "categoria": p.c.categoria_codigo == bindparam("categoria"),
    "departamento": p.c.departamento == bindparam("departamento"),
    "vendedor_id": p.c.vendedor_id == bindparam("vendedor_id"),
    "precio_min": p.c.precio >= bindparam("precio_min"),
    "precio_max": p.c.precio <= bindparam("precio_max"),
    "con_existencia": p.c.existencia > p.c.reservado,
}

_facetas: Memoria[tuple[tuple[str, str], ...], Facetas] = Memoria(segundos=30, maximo=512)


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
    palabras = separar(filtros.q)
    if not palabras:
        return _pagina(sesion, replace(filtros, q=""), None, pagina, contar)
    resultado = _pagina(sesion, filtros, _consulta_de_texto(palabras), pagina, contar)
    if resultado.productos or pagina.cursor:
        return resultado
    corregidas = corregir(sesion, palabras)
    if corregidas != palabras:
        corregido = _pagina(sesion, filtros, _consulta_de_texto(corregidas), pagina, contar)
        if corregido.productos:
            return replace(corregido, entendido=" ".join(corregidas))
    if len(corregidas) > 1:
        alguna = _pagina(sesion, filtros, _consulta_de_texto(corregidas, " | "), pagina, contar)
        entendido = " ".join(corregidas) if corregidas != palabras else None
        return replace(alguna, entendido=entendido, parcial=True) if alguna.productos else resultado
    return resultado


def sugerir(sesion: Session, q: str, limite: int = 8) -> list[Ficha]:
    """The first products for what has been typed so far; one query, no facets, no corrections."""
    palabras = separar(q)
    if not palabras:
        return []
    parametros = _parametros(Filtros(), _consulta_de_texto(palabras))
    pagina = CursorPedido(None, limite)
    return _leer(sesion, "relevancia", parametros, pagina)[0]


def otros_del_vendedor(sesion: Session, vendedor_id: UUID, menos: UUID, limite: int = 5) -> list[Ficha]:
    """The newest products of a seller, other than the one being looked at."""
    fichas, _siguiente = _leer(
        sesion, "recientes", {"vendedor_id": vendedor_id}, CursorPedido(None, limite + 1)
    )
    return [ficha for ficha in fichas if ficha.id != menos][:limite]


def separar(q: str) -> list[str]:
    """The words of a query: lower case, no accents, letters and digits only, the first few."""
    plano = unicodedata.normalize("NFKD", q.lower().replace("ñ", "\0"))
    plano = "".join(c for c in plano if not unicodedata.combining(c)).replace("\0", "ñ")
    return re.findall(r"[^\W_]+", plano)[:PALABRAS_MAXIMAS]


def corregir(sesion: Session, palabras: list[str]) -> list[str]:
    """Each unknown word becomes the nearest word of the catalogue, one or two typing errors away."""
    sentencia = text(
        """
        SELECT w.palabra, array_agg(v.palabra ORDER BY v.distancia, v.palabra)
        FROM unnest(CAST(:palabras AS text[])) AS w (palabra)
        CROSS JOIN LATERAL (
            SELECT palabra, palabra <-> w.palabra AS distancia FROM comercio_vocablo
            WHERE palabra % w.palabra ORDER BY distancia, palabra LIMIT 10) AS v
        GROUP BY w.palabra
        """
    )
    conexion = sesion.connection()
    conexion.execute(text("SELECT set_config('pg_trgm.similarity_threshold', '0.2', true)"))
    buscadas = [palabra.replace("ñ", "n") for palabra in palabras]
    cercanas = {fila[0]: fila[1] for fila in conexion.execute(sentencia, {"palabras": buscadas})}
    return [_mas_cercana(palabra, cercanas.get(b, [])) for palabra, b in zip(palabras, buscadas, strict=True)]


def _mas_cercana(palabra: str, candidatas: list[str]) -> str:
    tope = 2 if len(palabra) >= 5 else 1
    distancias = [(OSA.distance(palabra.replace("ñ", "n"), c), n, c) for n, c in enumerate(candidatas)]
    mejor = min(distancias, default=None)
    return mejor[2] if mejor and mejor[0] <= tope else palabra


def _consulta_de_texto(palabras: list[str], union: str = " & ") -> str:
    """A tsquery: every word, the last one as a prefix, since it may still be being typed."""
    *primeras, ultima = palabras
    terminos = [f"'{palabra}'" for palabra in primeras]
    terminos.append(f"'{ultima}':*" if len(ultima) > 1 else f"'{ultima}'")
    return union.join(terminos)


def _parametros(filtros: Filtros, consulta: str | None) -> dict[str, Any]:
    """What narrows the search, named as in `_CONDICIONES`."""
    pedidos = {
        "palabras": consulta,
        "raiz" if filtros.es_rama else "categoria": filtros.categoria or None,
        "departamento": filtros.departamento or None,
        "vendedor_id": filtros.vendedor_id,
        "precio_min": filtros.precio_min,
        "precio_max": filtros.precio_max,
        "con_existencia": filtros.con_existencia or None,
    }
    return {nombre: valor for nombre, valor in pedidos.items() if valor is not None}


@cache
def _lista(orden: str, pedidos: frozenset[str]) -> tuple[Select[Any], tuple[Any, ...], bool]:
    """The query of a page, the columns of its order, and whether it descends."""
    condiciones = [A_LA_VENTA, *(_CONDICIONES[nombre] for nombre in sorted(pedidos))]
    if orden == "relevancia":
        rango = func.ts_rank(literal_column(f"CAST('{PESOS}' AS real[])"), p.c.busqueda, _PALABRAS)
        # The rank is computed inside, so that the sort carries a number and not the whole tsvector.
        fuera = (
            select(*_COLUMNAS, cast(rango * 1_000_000, Integer).label("relevancia"))
            .where(*condiciones)
            .order_by(p.c.publicado_en.desc(), p.c.id.desc())
            .limit(literal_column(str(CANDIDATOS)))
            .subquery("candidatos")
        )
        return select(fuera), (fuera.c.relevancia, fuera.c.id), True
    if orden.startswith("precio"):
        precio = type_coerce(p.c.precio, BigInteger).label("precio")
        return select(*_COLUMNAS).where(*condiciones), (precio, p.c.id), orden == "precio_desc"
    return select(*_COLUMNAS, p.c.publicado_en).where(*condiciones), (p.c.publicado_en, p.c.id), True


def _leer(
    sesion: Session, orden: str, parametros: dict[str, Any], pagina: CursorPedido
) -> tuple[list[Ficha], str | None]:
    sentencia, columnas, desc = _lista(orden, frozenset(parametros))
    filas, siguiente = paginar(
        sesion,
        sentencia,
        pagina,
        columnas=columnas,
        desc=desc,
        escalares=False,
        parametros=parametros,
    )
    return [Ficha(*fila[: len(_COLUMNAS)]) for fila in filas], siguiente


def _pagina(
    sesion: Session, filtros: Filtros, consulta: str | None, pagina: CursorPedido, contar: bool
) -> Resultado:
    parametros = _parametros(filtros, consulta)
    fichas, siguiente = _leer(sesion, filtros.orden_efectivo, parametros, pagina)
    es_todo = siguiente is None and pagina.cursor is None
    if es_todo or not contar:
        return Resultado(fichas, siguiente, _contar_fichas(fichas))
    clave = tuple(sorted((nombre, str(valor)) for nombre, valor in parametros.items()))
    facetas = _facetas.obtener(clave, lambda: _contar(sesion, parametros))
    return Resultado(fichas, siguiente, facetas)


def _contar_fichas(fichas: Sequence[Ficha]) -> Facetas:
    vendedores = Counter((f.vendedor_id, f.vendedor_nombre) for f in fichas)
    return Facetas(
        len(fichas),
        False,
        dict(Counter(f.categoria_codigo for f in fichas)),
        dict(Counter(f.departamento for f in fichas)),
        _mayores([(id_, nombre, cuantos) for (id_, nombre), cuantos in vendedores.items()]),
    )


@cache
def _cuenta(pedidos: frozenset[str]) -> Select[Any]:
    juego = (
        select(p.c.categoria_codigo, p.c.departamento, p.c.vendedor_id, p.c.vendedor_nombre)
        .where(A_LA_VENTA, *(_CONDICIONES[nombre] for nombre in sorted(pedidos)))
        .order_by(p.c.publicado_en.desc(), p.c.id.desc())
        .limit(literal_column(str(CANDIDATOS + 1)))
        .subquery("juego")
    )
    c = juego.c
    conjuntos = func.grouping_sets(
        tuple_(c.categoria_codigo),
        tuple_(c.departamento),
        tuple_(c.vendedor_id, c.vendedor_nombre),
        text("()"),
    )
    return select(*c, func.count()).group_by(conjuntos)


def _contar(sesion: Session, parametros: dict[str, Any]) -> Facetas:
    """Count the newest `CANDIDATOS` matches by category, department and seller, in one query."""
    total = 0
    categorias: dict[str, int] = {}
    departamentos: dict[str, int] = {}
    vendedores: list[tuple[UUID, str, int]] = []
    filas = sesion.execute(_cuenta(frozenset(parametros)), parametros).all()
    for categoria, departamento, vendedor_id, vendedor, cuantos in filas:
        if categoria is not None:
            categorias[categoria] = cuantos
        elif departamento is not None:
            departamentos[departamento] = cuantos
        elif vendedor_id is not None:
            vendedores.append((vendedor_id, vendedor, cuantos))
        else:
            total = cuantos
    return Facetas(
        min(total, CANDIDATOS), total > CANDIDATOS, categorias, departamentos, _mayores(vendedores)
    )


def _mayores(vendedores: list[tuple[UUID, str, int]]) -> list[tuple[UUID, str, int]]:
    return sorted(vendedores, key=lambda v: (-v[2], v[1]))[:8]


def olvidar_facetas() -> None:
    """Forget the counts kept for seconds (tests, after the demonstration is seeded)."""
    _facetas.vaciar()
