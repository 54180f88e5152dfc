"""Many rows in one statement: what a batch asks for and what it writes.

They go as one array a column, and a column that says the same in all rows as one value: a thousand parameters
cost more to parse than the rows to write, and so does JSON.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

import psycopg
from pydantic_core import to_json
from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    DateTime,
    Executable,
    Integer,
    String,
    TypeDecorator,
    Uuid,
    bindparam,
    func,
    literal,
)
from sqlalchemy.dialects.postgresql import JSONB, dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import NullType
from sqlmodel import Session, SQLModel

from nucleo.arreglos import Instantes, Int8s, Textos, Uuids
from nucleo.dinero import Centavos, Precio

Fila = Mapping[str, Any]
"""Values by column."""


IDS: BindParameter[Any] = bindparam("ids", expanding=True)
"""The parameter of `in_` in a statement made once, for as few as a purchase has: what has an array,
PostgreSQL plans again each time."""


def una_de(columna: Any, valores: Iterable[Any]) -> ColumnElement[bool]:
    """`col(columna).in_(valores)`, for as many values as a batch has: the statement is the same for any."""
    lista = Uuids(valores) if isinstance(columna.type, Uuid) else Textos(map(str, valores))
    igual: ColumnElement[bool] = columna == func.any(literal(lista, NullType()))
    return igual


def leer_filas(sesion: Session, consulta: Executable) -> Sequence[Any]:
    """What `sesion.execute` gives of a query of columns, without the way of mapped rows: of a thousand, it is
    most of the time that reading them takes.
    """
    sesion.flush()
    return sesion.connection().execute(consulta).all()


def insertar_filas(sesion: Session, modelo: type[SQLModel], filas: Sequence[Fila]) -> None:
    """Insert them in this order, all with the columns of the first."""
    if filas:
        sesion.connection().exec_driver_sql(*_preparar(modelo, filas, _INSERTAR))


def insertar_nuevas(
    sesion: Session,
    modelo: type[SQLModel],
    filas: Sequence[Fila],
    mientras: Callable[[], None] = lambda: None,
) -> set[UUID]:
    """`insertar_filas` but for those that a unique key refuses; the ids of the others.

    It waits for a transaction that holds a key: pass them in the same order always. `mientras` runs while the
    database writes, and asks it for nothing.
    """
    if not filas:
        return set()
    orden, parametros = _preparar(modelo, filas, f"{_INSERTAR} ON CONFLICT DO NOTHING RETURNING id")
    conexion = sesion.connection()
    cruda = cast("psycopg.Connection[Any]", conexion.connection.driver_connection)
    try:
        with cruda.pipeline():
            escritas = cruda.execute(orden, parametros)
            mientras()
            return {id_ for (id_,) in escritas}
    except psycopg.Error as error:  # told as SQLAlchemy tells its own
        raise DBAPIError.instance(orden, None, error, psycopg.Error, dialect=conexion.dialect) from error


def actualizar_filas(sesion: Session, modelo: type[SQLModel], filas: Sequence[Fila]) -> None:
    """Write the columns of the first in the rows with these `id`, which the caller locked.

    What the session has read of them says it too.
    """
    if not filas:
        return
    hecho = sesion.connection().exec_driver_sql(*_preparar(modelo, filas, _ACTUALIZAR))
    assert hecho.rowcount == len(filas)
    por_id = {fila["id"]: fila for fila in filas}
    for leida in sesion.identity_map.values():
        if isinstance(leida, modelo) and (nueva := por_id.get(vars(leida).get("id"))) is not None:
            vars(leida).update(nueva)  # no change of the session's: nothing of it is written again


_ACTUALIZAR = "UPDATE {tabla} SET {cambios} FROM {filas} WHERE {tabla}.id = f.id"
_INSERTAR = "INSERT INTO {tabla} ({columnas}) SELECT {valores} FROM {filas}"


def _preparar(modelo: type[SQLModel], filas: Sequence[Fila], orden: str) -> tuple[str, dict[str, Any]]:
    tabla = modelo.__table__  # type: ignore[attr-defined]
    columnas = {nombre: [fila[nombre] for fila in filas] for nombre in filas[0]}
    primera = next(iter(columnas))  # always as many values as there are rows
    sueltas = tuple(
        nombre == primera  # of JSON, what is equal here may be told apart: 1 and true
        or isinstance(tabla.c[nombre].type, JSONB)
        or valores.count(valores[0]) < len(valores)
        for nombre, valores in columnas.items()
    )
    parametros = {
        nombre: _arreglo(tabla.c[nombre], valores if suelta else valores[:1])
        for (nombre, valores), suelta in zip(columnas.items(), sueltas, strict=True)
    }
    return _orden(tabla, tuple(columnas), sueltas, orden), parametros


def _arreglo(columna: Column[Any], valores: list[Any]) -> Any:
    clase = _clase(columna)
    if clase is not Textos:
        return clase(valores)
    escrito = _escritor(columna.type)
    return Textos([None if valor is None else escrito(valor) for valor in valores])


def _escritor(tipo: Any) -> Callable[[Any], str]:
    if isinstance(tipo, JSONB):
        return _en_json
    if isinstance(tipo, Centavos | Precio):
        return lambda valor: str(tipo.process_bind_param(valor, _POSTGRES))
    return str


def _en_json(valor: Any) -> str:
    return to_json(valor).decode()


def _clase(columna: Column[Any]) -> type[list[Any]]:
    tipo = columna.type
    if isinstance(tipo, Uuid):
        return Uuids
    if isinstance(tipo, DateTime):
        return Instantes
    return Int8s if isinstance(tipo, Integer) and not columna.nullable else Textos


_POSTGRES = dialect()  # type: ignore[no-untyped-call]
_TIPOS = {Uuids: "uuid", Instantes: "timestamptz", Int8s: "bigint", Textos: "text"}


@lru_cache(maxsize=512)
def _orden(tabla: Any, columnas: tuple[str, ...], sueltas: tuple[bool, ...], orden: str) -> str:
    """`f` has the columns that differ; of the others, the only value of their array."""
    arreglos = {c: f"CAST(%({c})s AS {_TIPOS[_clase(tabla.c[c])]}[])" for c in columnas}
    unas = [c for c, suelta in zip(columnas, sueltas, strict=True) if suelta]
    valores = {c: _como(tabla.c[c], f"f.{c}" if c in unas else f"({arreglos[c]})[1]") for c in columnas}
    return orden.format(
        tabla=tabla.name,
        columnas=", ".join(columnas),
        valores=", ".join(valores.values()),
        cambios=", ".join(f"{c} = {valor}" for c, valor in valores.items() if c != "id"),
        filas=f"unnest({', '.join(arreglos[c] for c in unas)}) AS f({', '.join(unas)})",
    )


def _como(columna: Column[Any], valor: str) -> str:
    """As the column is; of text, nothing is said: a cast would cut what is too long."""
    tipo = columna.type
    base = tipo.impl_instance if isinstance(tipo, TypeDecorator) else tipo
    if _clase(columna) is not Textos or isinstance(base, String):
        return valor
    return f"CAST({valor} AS {base.compile(_POSTGRES)})"
