"""A search and its address: what is read of one, and how it is written."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlencode
from uuid import UUID

from moneyed import Money

from comercio.busqueda.palabras import DEPARTAMENTOS
from comercio.busqueda.valores import Filtros
from comercio.catalogo import Arbol, paises
from nucleo.dinero import bs
from nucleo.lectores import Ilegible, leer_monto

Q_MAXIMO = 200
PRECIO_TOPE = bs(10**10)  # more is asked for by nobody, and fits the column


def leer_filtros(
    ramas: Arbol,
    q: str = "",
    categoria: str = "",
    departamento: str = "",
    desde: str = "",
    hasta: str = "",
    vendedor: str = "",
    disponibles: str = "",
    atributo: Sequence[str] = (),
    orden: str = "",
    origen: str = "",
) -> Filtros:
    """What was asked of the shop; what cannot be understood is left out, never an error."""
    q = q.strip()[:Q_MAXIMO]
    return Filtros(
        q=q if any(c.isalnum() for c in q) else "",
        categoria=categoria if categoria in ramas.nodos else None,
        departamento=departamento if departamento in DEPARTAMENTOS else None,
        precio_min=_precio(desde),
        precio_max=_precio(hasta),
        vendedor_id=_uuid(vendedor),
        con_existencia=bool(disponibles),
        orden=orden[:20] or None,
        atributos=_atributos(atributo, ramas.nodos[categoria].atributos if categoria in ramas.nodos else ()),
        origen=origen if origen in paises() else None,
    )


def filtros_de_consulta(ramas: Arbol, consulta: str) -> Filtros:
    """The search that `Enlaces.consulta` wrote."""
    pares = parse_qs(consulta, max_num_fields=40)
    uno = {nombre: pares.get(nombre, [""])[0] for nombre in _CAMPOS}
    return leer_filtros(ramas, **uno, atributo=pares.get("atributo", []))


_CAMPOS = ("q", "categoria", "departamento", "desde", "hasta", "vendedor", "disponibles", "orden", "origen")


class Enlaces:
    """Addresses of the shop that keep the current search and change one thing of it."""

    def __init__(self, filtros: Filtros) -> None:
        self._actual = {
            "q": filtros.q,
            "categoria": filtros.categoria,
            "departamento": filtros.departamento,
            "desde": en_numero(filtros.precio_min),
            "hasta": en_numero(filtros.precio_max),
            "vendedor": filtros.vendedor_id,
            "disponibles": "1" if filtros.con_existencia else "",
            "origen": filtros.origen,
            "orden": filtros.orden,
        }
        self._atributos = dict(filtros.atributos)

    def __call__(self, **cambios: Any) -> str:
        return self._a(self._actual | cambios, self._atributos)

    def con_atributo(self, nombre: str, valor: str | None) -> str:
        """With another value of an attribute, or (None) without any."""
        return self._a(self._actual, self._atributos | {nombre: valor})

    def consulta(self) -> str:
        """The whole search, as what follows `?`; `filtros_de_consulta` reads it back."""
        return urlencode(self._pares(self._actual, self._atributos))

    def ocultos(self, *menos: str) -> list[tuple[str, Any]]:
        """What a form about other fields must carry along."""
        return [(k, v) for k, v in self._pares(self._actual, self._atributos) if k not in menos]

    def _a(self, campos: Mapping[str, Any], atributos: Mapping[str, str | None]) -> str:
        pares = self._pares(campos, atributos)
        return f"/tienda?{urlencode(pares)}" if pares else "/tienda"

    @staticmethod
    def _pares(campos: Mapping[str, Any], atributos: Mapping[str, str | None]) -> list[tuple[str, Any]]:
        pares = [(k, v) for k, v in campos.items() if v not in (None, "")]
        return pares + [("atributo", f"{nombre}:{valor}") for nombre, valor in atributos.items() if valor]


def _atributos(escritos: Sequence[str], de_la_categoria: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """`talla:M`, one value of each attribute that the category has."""
    pares = [escrito.partition(":") for escrito in escritos]
    return tuple(
        {
            nombre: valor
            for nombre, _dos_puntos, valor in pares
            if nombre in de_la_categoria and re.fullmatch(r"[^\x00-\x1f]{1,60}", valor)
        }.items()
    )


def _precio(texto: str) -> Money | None:
    try:
        return min(leer_monto(texto), PRECIO_TOPE)
    except Ilegible:
        return None


def en_numero(precio: Money | None) -> str:
    """A price as it is written in a field."""
    if precio is None:
        return ""
    entero = precio.amount == precio.amount.to_integral_value()
    return f"{precio.amount:.0f}" if entero else f"{precio.amount:.2f}"


def _uuid(texto: str) -> UUID | None:
    try:
        return UUID(texto)
    except ValueError:
        return None
