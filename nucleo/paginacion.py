"""Cursor pagination: stable under inserts, one indexed query a page, no offset."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Depends, Query
from moneyed import Money
from pydantic import BaseModel
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    Select,
    Uuid,
    bindparam,
    cast,
    func,
    select,
    true,
    tuple_,
)
from sqlmodel import Session

from nucleo.dinero import a_centavos
from nucleo.errores import DatosInvalidos
from nucleo.lectores import Entero
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

T = TypeVar("T")


class CursorInvalido(DatosInvalidos):
    codigo = "cursor_invalido"
    titulo = _l("El cursor no es válido")


class Pagina(BaseModel, Generic[T]):
    """A page of a list; `siguiente` is null on the last one."""

    datos: list[T]
    siguiente: str | None = None


@dataclass(frozen=True, slots=True)
class CursorPedido:
    cursor: str | None
    limite: int


PRIMERA_PAGINA = CursorPedido(cursor=None, limite=20)


UnCursor = Annotated[str | None, Query(max_length=400, description="`siguiente` de la página anterior.")]
"""For a page with several lists, each with its own."""


async def _leer(  # async: it waits for nothing, and a plain function would be sent to a thread
    cursor: UnCursor = None,
    limite: Annotated[Entero, Query(ge=1, le=100)] = 20,
) -> CursorPedido:
    return CursorPedido(cursor, limite)


Cursor = Annotated[CursorPedido, Depends(_leer)]


_LECTORES: dict[str, Callable[[Any], Any]] = {
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
    "u": UUID,
    "m": int,
}


def escribir_cursor(valores: Sequence[Any]) -> str:
    """The key of the last row of a page as an opaque text."""
    simples: list[Any] = []
    for valor in valores:
        if isinstance(valor, datetime):
            simples.append({"t": valor.isoformat()})
        elif isinstance(valor, date):
            simples.append({"d": valor.isoformat()})
        elif isinstance(valor, UUID):
            simples.append({"u": valor.hex})
        elif isinstance(valor, Money):
            simples.append({"m": a_centavos(valor)})
        else:
            simples.append(valor)
    return base64.urlsafe_b64encode(json.dumps(simples, separators=(",", ":")).encode()).decode().rstrip("=")


def leer_cursor(texto: str, columnas: Sequence[Any]) -> list[Any]:
    """The values, one a column, of a cursor that somebody sends back. Raises `CursorInvalido`."""
    try:
        crudo = json.loads(base64.urlsafe_b64decode(texto + "=" * (-len(texto) % 4)))
        assert isinstance(crudo, list)
        assert len(crudo) == len(columnas)
        return [_valor(v, c) for v, c in zip(crudo, columnas, strict=True)]
    except Exception as error:
        raise CursorInvalido(_("Empiece otra vez desde la primera página, sin cursor.")) from error


def _valor(crudo: Any, columna: Any) -> Any:
    if isinstance(crudo, dict):
        ((clase, dato),) = crudo.items()
        convertido: Any = _LECTORES[clase](dato)
    else:
        convertido = crudo
    esperado = columna.type.python_type if clase_simple(columna) else None
    if esperado is not None and not isinstance(convertido, esperado):
        raise TypeError(type(convertido))
    if isinstance(convertido, int) and abs(convertido) >= 2**63:
        raise OverflowError
    if isinstance(convertido, str) and "\x00" in convertido:
        raise ValueError
    return convertido


def clase_simple(columna: Any) -> bool:
    """Whether the column's type tells its Python type (functions and custom types do not)."""
    try:
        return columna.type.python_type in (str, int, UUID, datetime, date)
    except (AttributeError, NotImplementedError):
        return False


def ids_de_cada_una(
    id_: Any, de: Any, cuales: Sequence[UUID], orden: Sequence[Any], limite: int, *donde: Any
) -> Select[Any]:
    """The ids of the first `limite` rows of each of `cuales`, by an index that begins with the column `de`:
    what is listed of several owners costs a page of each, however much they have.
    """
    una = select(func.unnest(cast(list(cuales), ARRAY(Uuid))).label("una")).subquery()
    de_una = select(id_).where(de == una.c.una, *donde).order_by(*orden).limit(limite)
    suyas = de_una.correlate(una).lateral()
    return select(suyas.c[0]).select_from(una.join(suyas, true()))


def tras(pagina: CursorPedido, columnas: Sequence[Any], *, desc: bool = True) -> list[ColumnElement[bool]]:
    """What a row must be to come after the cursor, for a query within that of `paginar`; nothing of the first
    page.
    """
    if not pagina.cursor:
        return []
    desde, clave = tuple_(*leer_cursor(pagina.cursor, columnas)), tuple_(*columnas)
    return [clave < desde if desc else clave > desde]


def paginar(
    sesion: Session,
    consulta: Select[Any],
    pagina: CursorPedido,
    *,
    columnas: Sequence[Any],
    desc: bool = True,
    escalares: bool = True,
    parametros: dict[str, Any] | None = None,
) -> tuple[list[Any], str | None]:
    """One page of `consulta` ordered by `columnas` (unique together) and the cursor of the next one.

    `columnas` are ORM attributes of the selected entity, or labelled columns when `escalares` is false.
    `parametros` are values of the named parameters of `consulta`.
    """
    orden = [c.desc() if desc else c.asc() for c in columnas]
    consulta = consulta.where(*tras(pagina, columnas, desc=desc))
    # A literal, because a plan for any number of rows would expect a tenth of the table.
    tope = bindparam("tope_de_pagina", pagina.limite + 1, Integer, literal_execute=True)
    resultado = sesion.execute(consulta.order_by(*orden).limit(tope), parametros)
    filas: list[Any] = list((resultado.scalars() if escalares else resultado).all())
    if len(filas) <= pagina.limite:
        return filas, None
    filas = filas[: pagina.limite]
    return filas, escribir_cursor([getattr(filas[-1], c.key) for c in columnas])
