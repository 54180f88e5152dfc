"""Words that half the shop has: where reading begins does not change what is found nor its order."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from comercio.busqueda import comunes
from comercio.busqueda.buscar import _lista_por_niveles, buscar_productos
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
    monkeypatch.setattr(comunes, "_leer", lambda sesion: frozenset(lexemas(sesion)))
    comunes.olvidar_comunes()
    _lista_por_niveles.cache_clear()  # how many are read is written in each
    assert todas(sesion) == de_siempre
    _lista_por_niveles.cache_clear()


def test_una_pagina_de_lo_comun_es_una_sentencia_sin_buscar_por_palabras(
    surtido: Mercado, sesion: Session, monkeypatch: pytest.MonkeyPatch, contar_consultas: Callable[[], Any]
) -> None:
    monkeypatch.setattr(comunes, "_leer", lambda _sesion: frozenset({"^manta", "=lana"}))
    with contar_consultas() as sentencias:
        resultado = buscar_productos(sesion, "manta lana", CursorPedido(None, 1))
    assert [ficha.titulo for ficha in resultado.productos] == ["Manta de lana"]
    assert [s for s in sentencias if "comercio_nivel" in s and "halladas_" in s] == []
    assert len([s for s in sentencias if "comercio_nivel" in s]) == 1


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
