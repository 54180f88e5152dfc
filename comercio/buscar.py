"""Search of the catalogue: one query for the page, one (cached for seconds) for the facets.

Lists read one table, filter and order on an index and never join before LIMIT. Relevance ranks the newest
`CANDIDATOS` matches, so that a word found in every product costs no more than that.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from rapidfuzz.distance import OSA
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    cast,
    func,
    select,
    text,
    tuple_,
    type_coerce,
)
from sqlmodel import Session

from comercio.categorias import arbol
from comercio.memoria import Memoria
from comercio.modelos import tabla_producto as p
from nucleo.paginacion import CursorPedido, paginar

CANDIDATOS = 5_000
PALABRAS_MAXIMAS = 8
PESOS = "{0.05, 0.2, 0.35, 1.0}"  # description, seller and place, category, title
ORDENES = ("relevancia", "recientes", "precio_asc", "precio_desc")


@dataclass(frozen=True, slots=True)
class Filtros:
    """What narrows a search; prices in centavos. `orden` None: relevance with words, newest without.

    `es_rama` (the category is a root) is filled by the search.
    """

    q: str = ""
    categoria: str | None = None
    departamento: str | None = None
    precio_min: int | None = None
    precio_max: int | None = None
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
    """A product in a list. `precio` in centavos."""

    id: UUID
    titulo: str
    precio: int
    unidad_medida: str
    disponible: int
    foto: str | None
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
    type_coerce(p.c.precio, BigInteger).label("precio"),
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

_facetas: Memoria[tuple[Filtros, str], Facetas] = Memoria(segundos=30, maximo=512)


def buscar_productos(
    sesion: Session, filtros: Filtros | str = "", pagina: CursorPedido | None = None
) -> Resultado:
    """Products on sale that match. Mistyped words are corrected, and failing all words any word is enough."""
    if isinstance(filtros, str):
        filtros = Filtros(q=filtros)
    pagina = pagina or CursorPedido(None, 24)
    if filtros.categoria:
        filtros = replace(filtros, es_rama=filtros.categoria in arbol(sesion).ramas)
    palabras = separar(filtros.q)
    if not palabras:
        return _pagina(sesion, replace(filtros, q=""), None, pagina)
    resultado = _pagina(sesion, filtros, _consulta_de_texto(palabras), pagina)
    if resultado.productos or pagina.cursor:
        return resultado
    corregidas = corregir(sesion, palabras)
    if corregidas != palabras:
        corregido = _pagina(sesion, filtros, _consulta_de_texto(corregidas), pagina)
        if corregido.productos:
            return replace(corregido, entendido=" ".join(corregidas))
    if len(corregidas) > 1:
        alguna = _pagina(sesion, filtros, _consulta_de_texto(corregidas, " | "), pagina)
        entendido = " ".join(corregidas) if corregidas != palabras else None
        return replace(alguna, entendido=entendido, parcial=True) if alguna.productos else resultado
    return resultado


def sugerir(sesion: Session, q: str, limite: int = 8) -> list[Ficha]:
    """The first products for what has been typed so far; one query, no facets, no corrections."""
    palabras = separar(q)
    if not palabras:
        return []
    consulta, _columnas, _desc = _lista(Filtros(q=q), _consulta_de_texto(palabras), _COLUMNAS)
    orden = [c.desc() for c in _columnas]
    return [_ficha(f) for f in sesion.execute(consulta.order_by(*orden).limit(limite))]


def otros_del_vendedor(sesion: Session, vendedor_id: UUID, menos: UUID, limite: int = 5) -> list[Ficha]:
    """The newest products of a seller, other than the one being looked at."""
    consulta = (
        select(*_COLUMNAS)
        .where(A_LA_VENTA, p.c.vendedor_id == vendedor_id, p.c.id != menos)
        .order_by(p.c.publicado_en.desc(), p.c.id.desc())
        .limit(limite)
    )
    return [_ficha(f) for f in sesion.execute(consulta)]


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


def _condiciones(filtros: Filtros, consulta: str | None) -> list[ColumnElement[bool]]:
    condiciones: list[Any] = [A_LA_VENTA]
    if consulta is not None:
        condiciones.append(p.c.busqueda.op("@@")(func.to_tsquery("comercio_es", consulta)))
    if filtros.categoria:
        columna = p.c.raiz_codigo if filtros.es_rama else p.c.categoria_codigo
        condiciones.append(columna == filtros.categoria)
    if filtros.departamento:
        condiciones.append(p.c.departamento == filtros.departamento)
    if filtros.vendedor_id:
        condiciones.append(p.c.vendedor_id == filtros.vendedor_id)
    if filtros.precio_min is not None:
        condiciones.append(p.c.precio >= filtros.precio_min)
    if filtros.precio_max is not None:
        condiciones.append(p.c.precio <= filtros.precio_max)
    if filtros.con_existencia:
        condiciones.append(p.c.existencia > p.c.reservado)
    return condiciones


def _lista(
    filtros: Filtros, consulta: str | None, columnas: tuple[Any, ...]
) -> tuple[Select[Any], list[Any], bool]:
    """The query of a page, the columns of its order, and whether it descends."""
    condiciones = _condiciones(filtros, consulta)
    orden = filtros.orden_efectivo
    if orden == "relevancia" and consulta is not None:
        rango = func.ts_rank(
            text(f"CAST('{PESOS}' AS real[])"), p.c.busqueda, func.to_tsquery("comercio_es", consulta)
        )
        # The rank is computed inside, so that the sort carries a number and not the whole tsvector.
        fuera = (
            select(*columnas, cast(rango * 1_000_000, Integer).label("relevancia"))
            .where(*condiciones)
            .order_by(p.c.publicado_en.desc(), p.c.id.desc())
            .limit(CANDIDATOS)
            .subquery("candidatos")
        )
        return select(fuera), [fuera.c.relevancia, fuera.c.id], True
    if orden.startswith("precio"):
        return (
            select(*columnas).where(*condiciones),
            [type_coerce(p.c.precio, BigInteger).label("precio"), p.c.id],
            orden == "precio_desc",
        )
    return select(*columnas, p.c.publicado_en).where(*condiciones), [p.c.publicado_en, p.c.id], True


def _pagina(sesion: Session, filtros: Filtros, consulta: str | None, pagina: CursorPedido) -> Resultado:
    sentencia, columnas, desc = _lista(filtros, consulta, _COLUMNAS)
    filas, siguiente = paginar(sesion, sentencia, pagina, columnas=columnas, desc=desc, escalares=False)
    clave = (replace(filtros, orden=None), consulta or "")
    facetas = _facetas.obtener(clave, lambda: _contar(sesion, filtros, consulta))
    return Resultado([_ficha(f) for f in filas], siguiente, facetas)


def _ficha(fila: Any) -> Ficha:
    return Ficha(*fila[: len(_COLUMNAS)])


def _contar(sesion: Session, filtros: Filtros, consulta: str | None) -> Facetas:
    """Count the newest `CANDIDATOS` matches by category, department and seller, in one query."""
    juego = (
        select(p.c.categoria_codigo, p.c.departamento, p.c.vendedor_id, p.c.vendedor_nombre)
        .where(*_condiciones(filtros, consulta))
        .limit(CANDIDATOS + 1)
        .subquery("juego")
    )
    c = juego.c
    conjuntos = func.grouping_sets(
        tuple_(c.categoria_codigo),
        tuple_(c.departamento),
        tuple_(c.vendedor_id, c.vendedor_nombre),
        text("()"),
    )
    total, categorias, departamentos = 0, {}, {}
    vendedores: list[tuple[UUID, str, int]] = []
    for categoria, departamento, vendedor_id, vendedor, cuantos in sesion.execute(
        select(*c, func.count()).group_by(conjuntos)
    ):
        if categoria is not None:
            categorias[categoria] = cuantos
        elif departamento is not None:
            departamentos[departamento] = cuantos
        elif vendedor_id is not None:
            vendedores.append((vendedor_id, vendedor, cuantos))
        else:
            total = cuantos
    vendedores.sort(key=lambda v: (-v[2], v[1]))
    return Facetas(min(total, CANDIDATOS), total > CANDIDATOS, categorias, departamentos, vendedores[:8])


def olvidar_facetas() -> None:
    """Forget the counts kept for seconds (tests, after the demonstration is seeded)."""
    _facetas.vaciar()
