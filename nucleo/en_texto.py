"""What a page shows, given by the database as one text (an array of JSON).

Reading a text costs less than reading rows, and the same text is the same rows: it says by itself whether
what was made of it is still true.
"""

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Date, DateTime, Numeric, Select, Text, TypeDecorator, Uuid, cast, func, select
from sqlalchemy.dialects.postgresql import dialect
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel

M = TypeVar("M", bound=SQLModel)
_POSTGRES = dialect()  # type: ignore[no-untyped-call]
_LECTORES: tuple[tuple[type[TypeEngine[Any]], Callable[[Any], Any]], ...] = (
    (Uuid, UUID),
    (DateTime, datetime.fromisoformat),
    (Date, date.fromisoformat),
    (Numeric, Decimal),
)


def en_texto(*valores: Any) -> Any:
    """These values as one text, which `leer_texto` reads."""
    return cast(func.json_build_array(*valores), Text)


def filas_en_json(consulta: Select[Any]) -> Any:
    """The rows of a query, in its order, to be asked beside other things; `leer_filas` reads them."""
    filas = consulta.subquery()
    return select(func.json_agg(func.json_build_array(*filas.c))).scalar_subquery()


def filas_en_texto(consulta: Select[Any]) -> Select[Any]:
    """The same as one text, which `leer_texto` reads; null when there are none."""
    return select(cast(filas_en_json(consulta), Text))


def leer_texto(texto: str | None) -> Any:
    """Lists of what JSON has, numbers with decimals as `Decimal`; an empty one of null."""
    return json.loads(texto, parse_float=Decimal) if texto else []


def leer_filas(consulta: Select[Any], dato: list[list[Any]] | None) -> list[list[Any]]:
    """The rows of `filas_en_json(consulta)`, each value as its column gives it."""
    tipos = [columna.type for columna in consulta.selected_columns]
    return [[de_tipo(t, v) for t, v in zip(tipos, fila, strict=True)] for fila in dato or ()]


def de_tipo(tipo: TypeEngine[Any], valor: Any) -> Any:
    """A value of JSON as a column of this type gives it."""
    if valor is None:
        return None
    if isinstance(tipo, TypeDecorator):
        leido = de_tipo(tipo.impl_instance, valor)
        propio = type(tipo).process_result_value is not TypeDecorator.process_result_value
        return tipo.process_result_value(leido, _POSTGRES) if propio else leido
    return next((leer(valor) for clase, leer in _LECTORES if isinstance(tipo, clase)), valor)


def columnas_de(modelo: type[SQLModel]) -> Any:
    """A whole row of a table, which `fila_de` reads."""
    return func.json_build_array(*(getattr(modelo, nombre) for nombre in _nombres(modelo)))


def fila_de(modelo: type[M], valores: list[Any]) -> M:
    """A row to be read: no session knows it."""
    nombres = _nombres(modelo)
    return modelo(**{n: de_tipo(t, v) for (n, t), v in zip(nombres.items(), valores, strict=True)})


@cache
def _nombres(modelo: type[SQLModel]) -> dict[str, TypeEngine[Any]]:
    """The attributes that are columns, each with its type."""
    columnas = modelo.__mapper__.column_attrs  # type: ignore[attr-defined]
    return {atributo.key: atributo.columns[0].type for atributo in columnas}
