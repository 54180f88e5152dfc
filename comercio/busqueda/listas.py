"""A list of products as the database gives it: one text, read once while it says the same."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import Select, select

from comercio.busqueda.facetas import facetas_de
from comercio.busqueda.valores import Facetas, Ficha
from comercio.catalogo.modelos import tabla_producto as p
from comercio.promociones import leer_rebajada, precios_rebajados
from comercio.vendedores import esta_de_vacaciones
from nucleo.en_texto import leer_filas, leer_texto

COLUMNAS: tuple[Any, ...] = (
    p.c.id,
    p.c.titulo,
    p.c.precio,
    p.c.precio_maximo,
    p.c.unidad_medida,
    p.c.disponible,
    p.c.foto,
    p.c.categoria_codigo,
    p.c.modalidad,
    p.c.origen,
    p.c.vendedor_id,
    p.c.vendedor_nombre,
    p.c.vendedor_numero,
    p.c.departamento,
    p.c.lugar,
    esta_de_vacaciones(p.c.vendedor_id).label("de_vacaciones"),
    precios_rebajados(p.c.id, p.c.vendedor_id).label("rebajados"),
)
"""Of a ficha; a query adds what tells its place in the list."""
_UNA: Select[Any] = select(*COLUMNAS)


@dataclass(frozen=True)
class Lista:
    """Fichas in order, each with what tells its place."""

    fichas: tuple[Ficha, ...]
    sitios: tuple[list[Any], ...]

    @cached_property
    def facetas(self) -> Facetas:
        """Of these alone."""
        return facetas_de(self.fichas)


@lru_cache(500)
def leer_lista(dicho: str | None) -> Lista:
    """What `filas_en_texto` gives of a query of `COLUMNAS`; while it says the same, it is read once."""
    filas = leer_texto(dicho)
    n = len(COLUMNAS)
    return Lista(tuple(fichas_de([fila[:n] for fila in filas])), tuple(fila[n:] for fila in filas))


def fichas_de(dato: list[list[Any]] | None) -> list[Ficha]:
    """What `filas_en_json` gives of it."""
    filas = leer_filas(_UNA, dato)
    return [Ficha(*[*fila[:-1], leer_rebajada(fila[-1])]) for fila in filas]
