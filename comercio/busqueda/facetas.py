"""How many products each choice would leave. What was chosen of a kind does not count in that kind: with one
department chosen, the others still say how many they have.
"""

import json
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Select,
    String,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    text,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONPATH
from sqlmodel import Session

from comercio.busqueda.comunes import ABUNDA, MUESTRA, puede_abundar
from comercio.busqueda.condiciones import camino, condiciones, parametros, responde
from comercio.busqueda.valores import Facetas, Ficha, Filtros
from comercio.catalogo import arbol
from comercio.catalogo.modelos import tabla_producto as p
from nucleo.memoria import Memoria

CANDIDATOS, CANDIDATOS_CON_PALABRAS = 1_000, 500
"""So many are counted, at the most; what a search finds is scattered, and each costs a page of the table."""
SEGUIDOS = 3 * CANDIDATOS_CON_PALABRAS * ABUNDA // 2
"""So many are read in order, at the most, for those that answer."""
VENDEDORES_MAXIMO = 8
VALORES_MAXIMO = 12
CLASES = ("categorias", "departamentos", "vendedores", "atributos")

_Clave = tuple[tuple[str, str], ...]
_cuentas: Memoria[_Clave, Facetas] = Memoria(segundos=30, maximo=512)
_valores: Memoria[_Clave, dict[str, list[tuple[str, int]]]] = Memoria(segundos=30, maximo=512)


def facetas(
    sesion: Session, filtros: Filtros, palabras: str | None, de_todo: Facetas | None = None
) -> Facetas:
    """Of a search whose words ask for `palabras`; `de_todo` when its own counts are known already."""
    todo = de_todo or _cuenta_de(sesion, filtros, palabras)
    nodo = arbol(sesion).nodos.get(filtros.categoria or "")

    def sin(**cambios: Any) -> Facetas:
        return _cuenta_de(sesion, replace(filtros, **cambios), palabras)

    de: dict[str, Facetas] = {}
    if filtros.departamento:
        de["departamentos"] = sin(departamento=None)
    if filtros.vendedor_id:
        de["vendedores"] = sin(vendedor_id=None)
    if nodo and nodo.padre:
        de["categorias"] = sin(categoria=nodo.padre, es_rama=True)
    cambios = {clase: getattr(cuenta, clase) for clase, cuenta in de.items()}
    if nodo:
        cambios["atributos"] = _valores_de(sesion, filtros, palabras, nodo.atributos)
        if filtros.atributos:
            de["atributos"] = sin(atributos=())
    if not cambios:
        return todo
    cambios["de_muestra"] = tuple(clase for clase in CLASES if de.get(clase, todo).hay_mas)
    return replace(todo, **cambios)


def facetas_de(fichas: Sequence[Ficha]) -> Facetas:
    """Of products that are at hand."""
    vendedores = Counter((f.vendedor_id, f.vendedor_nombre) for f in fichas)
    return Facetas(
        len(fichas),
        False,
        dict(Counter(f.categoria_codigo for f in fichas)),
        dict(Counter(f.departamento for f in fichas)),
        _mayores([(id_, nombre, cuantos) for (id_, nombre), cuantos in vendedores.items()]),
    )


def olvidar_facetas() -> None:
    """Forget the counts kept for seconds (tests)."""
    _cuentas.vaciar()
    _valores.vaciar()


def _cuenta_de(sesion: Session, filtros: Filtros, palabras: str | None) -> Facetas:
    pedidos = parametros(filtros, palabras)
    return _cuentas.obtener(_clave(pedidos), lambda: _contar(sesion, pedidos))


def _clave(pedidos: dict[str, Any]) -> _Clave:
    return tuple(sorted((nombre, str(valor)) for nombre, valor in pedidos.items()))


def _candidatos(pedidos: frozenset[str], abundan: bool, *columnas: Any) -> Any:
    """As many matches as are counted and one more: the newest, or with words any, but the newest if they
    abound. Those of words are found by their index, which knows no order: a materialised part is planned for
    all, and read while it is asked for.
    """
    tope: Any = literal_column(str(_cuantos(pedidos) + 1))
    todos = select(*columnas).where(*condiciones(pedidos))
    if "palabras" not in pedidos:
        return todos.order_by(*_LO_NUEVO).limit(tope).subquery("juego")
    halladas = select(*todos.cte("halladas").prefix_with("MATERIALIZED").c)
    if not abundan:
        return halladas.limit(tope).subquery("juego")
    nuevas = _nuevas(pedidos, *columnas).limit(tope).cte("nuevas").prefix_with("MATERIALIZED")
    bastan = select(func.count() > _cuantos(pedidos)).select_from(nuevas).scalar_subquery()
    juego = union_all(select(*nuevas.c).where(bastan), halladas.where(~bastan)).subquery("todas")
    return select(*juego.c).limit(tope).subquery("juego")


_LO_NUEVO = (p.c.publicado_en.desc(), p.c.id.desc())


def _cuantos(pedidos: Container[str]) -> int:
    return CANDIDATOS_CON_PALABRAS if "palabras" in pedidos else CANDIDATOS


def _nuevas(pedidos: frozenset[str], *columnas: Any) -> Select[Any]:
    """The newest that answer the words, of the `SEGUIDOS` newest; none unless enough of the first `MUESTRA`
    do."""
    otras = condiciones(pedidos - {"palabras"})
    en_orden = select(*columnas, p.c.busqueda).where(*otras).order_by(*_LO_NUEVO)
    muestra = en_orden.limit(literal_column(str(MUESTRA))).subquery("muestra")
    hay = select(func.count() * ABUNDA >= MUESTRA).where(responde("palabras", muestra.c)).scalar_subquery()
    seguidas = en_orden.where(hay).limit(literal_column(str(SEGUIDOS))).subquery("seguidas")
    propias = [columna for columna in seguidas.c if columna.name != p.c.busqueda.name]
    return select(*propias).where(responde("palabras", seguidas.c))


@cache
def _cuenta(pedidos: frozenset[str], abundan: bool) -> Select[Any]:
    columnas = (p.c.categoria_codigo, p.c.departamento, p.c.vendedor_id, p.c.vendedor_nombre)
    c = _candidatos(pedidos, abundan, *columnas).c
    conjuntos = func.grouping_sets(
        tuple_(c.categoria_codigo),
        tuple_(c.departamento),
        tuple_(c.vendedor_id, c.vendedor_nombre),
        text("()"),
    )
    return select(*c, func.count()).group_by(conjuntos)


def _contar(sesion: Session, pedidos: dict[str, Any]) -> Facetas:
    """Count matches, as many as are counted, by category, department and seller, in one query."""
    total, cuantos_se_cuentan = 0, _cuantos(pedidos)
    categorias: dict[str, int] = {}
    departamentos: dict[str, int] = {}
    vendedores: list[tuple[UUID, str, int]] = []
    filas = sesion.execute(_cuenta(frozenset(pedidos), _abundan(sesion, pedidos)), pedidos).all()
    for categoria, departamento, vendedor_id, vendedor, cuantos in filas:
        if categoria is not None:
            categorias[categoria] = cuantos
        elif departamento is not None:
            departamentos[departamento] = cuantos
        elif vendedor_id is not None:
            vendedores.append((vendedor_id, vendedor, cuantos))
        else:
            total = cuantos
    hay_mas = total > cuantos_se_cuentan
    return Facetas(
        min(total, cuantos_se_cuentan),
        hay_mas,
        categorias,
        departamentos,
        _mayores(vendedores),
        de_muestra=CLASES if hay_mas else (),
    )


def _abundan(sesion: Session, pedidos: dict[str, Any]) -> bool:
    return pedidos.keys() == {"palabras"} and puede_abundar(sesion, pedidos["palabras"])


def _mayores(vendedores: list[tuple[UUID, str, int]]) -> list[tuple[UUID, str, int]]:
    return sorted(vendedores, key=lambda v: (-v[2], v[1]))[:VENDEDORES_MAXIMO]


@cache
def _consulta_de_valores(pedidos: frozenset[str]) -> Select[Any]:
    """How many of those matches have a variant with each value of each attribute."""
    juego = _candidatos(pedidos, False, p.c.id, p.c.opciones)  # of a category
    textos = ARRAY(String)
    buscados = (
        func.unnest(
            cast(bindparam("nombres", type_=textos), textos), cast(bindparam("caminos", type_=textos), textos)
        )
        .table_valued("nombre", "camino")
        .render_derived("buscado")
    )
    hallado = func.jsonb_path_query(juego.c.opciones, cast(buscados.c.camino, JSONPATH)).alias("hallado")
    valor = column("hallado").op("#>>")(literal_column("'{}'"))
    return (
        select(buscados.c.nombre, valor, func.count(juego.c.id.distinct()))
        .select_from(juego.join(buscados, true()).join(hallado, true()))
        .group_by(buscados.c.nombre, valor)
    )


def _valores_de(
    sesion: Session, filtros: Filtros, palabras: str | None, nombres: tuple[str, ...]
) -> dict[str, list[tuple[str, int]]]:
    """The values of the attributes of a category, each on a variant that is the rest of what was asked."""
    if not nombres:
        return {}
    pedidos = parametros(replace(filtros, atributos=()), palabras)
    otros = [tuple(a for a in filtros.atributos if a[0] != nombre) for nombre in nombres]
    caminos = [
        f"{camino(replace(filtros, atributos=demas))}.es.{json.dumps(nombre)}"
        for nombre, demas in zip(nombres, otros, strict=True)
    ]

    def leer() -> dict[str, list[tuple[str, int]]]:
        valores: dict[str, list[tuple[str, int]]] = {nombre: [] for nombre in nombres}
        textos = {"nombres": list(nombres), "caminos": caminos}
        for nombre, valor, cuantos in sesion.execute(
            _consulta_de_valores(frozenset(pedidos)), pedidos | textos
        ):
            valores[nombre].append((valor, cuantos))
        mayores = {n: sorted(v, key=lambda x: (-x[1], x[0]))[:VALORES_MAXIMO] for n, v in valores.items()}
        return {nombre: v for nombre, v in mayores.items() if v}

    return _valores.obtener((*_clave(pedidos), ("caminos", "\n".join(caminos))), leer)
