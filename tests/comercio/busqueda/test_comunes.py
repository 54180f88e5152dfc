"""Words that half the shop has: where reading begins does not change what is found nor its order."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlmodel import Session

from comercio.busqueda import comunes, facetas
from comercio.busqueda.buscar import _lista_por_niveles, buscar_productos
from comercio.busqueda.facetas import olvidar_facetas
from comercio.busqueda.valores import Filtros
from nucleo.paginacion import CursorPedido
from tests.comercio.conftest import Mercado

TITULOS = (
    "Manta roja de lana",
    "Funda de manta",
    "Manta azul",
    "Lana gruesa",
    "Manta de lana",
    "Ovillo de lana para manta",
    "Manta vieja",
)
BUSCADOS = ("manta", "manta lana", "lana", "mantas", "manta marciana", "ovillo", "xyzzyx")
ORDENES = (None, "recientes", "precio_asc", "precio_desc")


@pytest.fixture
def surtido(mercado: Mercado) -> Iterator[Mercado]:
    for n, titulo in enumerate(TITULOS):
        mercado.publicar(titulo, precio=f"{50 + n * 7 % 5}.00")
    comunes.olvidar_comunes()
    yield mercado
    comunes.olvidar_comunes()


def paginas(sesion: Session, q: str, orden: str | None) -> list[list[str]]:
    vistas = []
    cursor: str | None = None
    while True:
        resultado = buscar_productos(sesion, Filtros(q, orden=orden), CursorPedido(cursor, 2))
        vistas.append([ficha.titulo for ficha in resultado.productos])
        cursor = resultado.siguiente
        if cursor is None:
            return vistas


def todas(sesion: Session) -> dict[tuple[str, str | None], list[list[str]]]:
    return {(q, orden): paginas(sesion, q, orden) for q in BUSCADOS for orden in ORDENES}


def cuentas(sesion: Session, q: str) -> tuple[int, bool, dict[str, int]]:
    olvidar_facetas()
    facetas._cuenta.cache_clear()
    hallado = buscar_productos(sesion, q, CursorPedido(None, 1)).facetas
    return hallado.total, hallado.hay_mas, hallado.categorias


def planes_de(sesion: Session, q: str) -> list[str]:
    """What was done for each statement of a page that reads products by words."""
    conexion, hechas = sesion.connection(), []

    def anotar(_c: Any, _cursor: Any, sentencia: str, valores: Any, _contexto: Any, _varias: Any) -> None:
        if "busqueda @@" in sentencia:
            hechas.append((sentencia, valores))

    event.listen(conexion, "before_cursor_execute", anotar)
    olvidar_facetas()
    buscar_productos(sesion, q, CursorPedido(None, 1))
    event.remove(conexion, "before_cursor_execute", anotar)
    orden = "EXPLAIN (ANALYZE, COSTS OFF) "
    return ["\n".join(conexion.exec_driver_sql(orden + s, v).scalars()) for s, v in hechas]


def lexemas(sesion: Session) -> set[str]:
    consulta = text("SELECT DISTINCT unnest(tsvector_to_array(busqueda)) FROM comercio_producto")
    return set(sesion.connection().execute(consulta).scalars())


@pytest.mark.parametrize("cuantos", [comunes.SEGUIDOS, 3])
def test_lo_comun_se_halla_como_lo_demas(
    surtido: Mercado, sesion: Session, monkeypatch: pytest.MonkeyPatch, cuantos: int
) -> None:
    """Also when the first products in order do not fill the page: here, three of seven."""
    de_siempre = todas(sesion)
    assert de_siempre["manta", None][0] == ["Manta vieja", "Manta de lana"]
    monkeypatch.setattr("comercio.busqueda.buscar.SEGUIDOS", cuantos)
    monkeypatch.setattr("comercio.busqueda.buscar.MUESTRA", comunes.UNO_EN)  # one of so few is enough
    monkeypatch.setattr(comunes, "_leer", lambda sesion: dict.fromkeys(lexemas(sesion), 1.0))
    comunes.olvidar_comunes()
    _lista_por_niveles.cache_clear()  # how many are read is written in each
    assert todas(sesion) == de_siempre
    _lista_por_niveles.cache_clear()


def test_una_pagina_de_lo_comun_es_una_sentencia_sin_buscar_por_palabras(
    surtido: Mercado, sesion: Session, monkeypatch: pytest.MonkeyPatch, contar_consultas: Callable[[], Any]
) -> None:
    monkeypatch.setattr(comunes, "_leer", lambda _sesion: {"^manta": 0.5, "=lana": 0.5})
    monkeypatch.setattr("comercio.busqueda.buscar.MUESTRA", comunes.UNO_EN)  # one of so few is enough
    _lista_por_niveles.cache_clear()  # how many are read is written in each
    with contar_consultas() as sentencias:
        resultado = buscar_productos(sesion, "manta lana", CursorPedido(None, 1))
    _lista_por_niveles.cache_clear()
    assert [ficha.titulo for ficha in resultado.productos] == ["Manta de lana"]
    assert [s for s in sentencias if "comercio_nivel" in s and "halladas_" in s] == []
    assert len([s for s in sentencias if "comercio_nivel" in s]) == 1


def test_lo_que_abunda_se_cuenta_por_lo_mas_nuevo(
    surtido: Mercado, sesion: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And when the newest are too few to tell that there are more, by all: the counts are the same."""
    surtido.publicar("Manta de barro", categoria="ceramica")
    por_palabras = {q: cuentas(sesion, q) for q in BUSCADOS}
    assert por_palabras["manta"] == (7, False, {"ceramica": 1, "alpaca-y-llama": 6})
    monkeypatch.setattr(comunes, "_leer", lambda sesion: dict.fromkeys(lexemas(sesion), 1.0))
    comunes.olvidar_comunes()
    monkeypatch.setattr(facetas, "MUESTRA", 5)
    assert {q: cuentas(sesion, q) for q in BUSCADOS} == por_palabras
    monkeypatch.setattr(facetas, "CANDIDATOS_CON_PALABRAS", 2)
    assert cuentas(sesion, "manta") == (2, True, {"alpaca-y-llama": 2, "ceramica": 1})
    monkeypatch.setattr(facetas, "SEGUIDOS", 3)  # «lana» is in one of the newest three
    assert cuentas(sesion, "lana")[:2] == (2, True)


def test_si_nada_tiene_todo_solo_se_preguntan_los_primeros_niveles(surtido: Mercado, sesion: Session) -> None:
    (lista,) = (plan for plan in planes_de(sesion, "funda ovillo") if "halladas_5" in plan)
    leidos = re.findall(r"CTE halladas_(\d)\n[^\n]*\(actual", lista)
    assert leidos == ["0", "1"]


def test_comun_es_lo_que_tantos_tienen(
    surtido: Mercado, sesion: Session, duenio: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the database counted it, and only when there are too many to find them all and sort them."""
    with duenio.connect().execution_options(isolation_level="AUTOCOMMIT") as conexion:
        conexion.execute(text("ANALYZE comercio_producto"))
    niveles = ("('^funda')", "('=manta') & !('^funda')")
    assert comunes.primero_comun(sesion, niveles, 0) is None
    comunes.olvidar_comunes()
    monkeypatch.setattr(comunes, "POCOS", 4)
    assert comunes.primero_comun(sesion, niveles, 0) == 1
    assert comunes.primero_comun(sesion, niveles, 1) == 1
