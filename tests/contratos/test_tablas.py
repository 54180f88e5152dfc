"""A room's tables are its own: nobody else is given their classes or rows, nor names them in SQL."""

import ast
import dataclasses
import importlib
import inspect
import re
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import SQLModel

from plataforma.habitaciones import modulos

RAIZ = Path(__file__).resolve().parents[2]
# The prefix of a room's tables and SQL functions.
PREFIJOS = {
    "nucleo": "nucleo",
    "constancia": "constancia",
    "ciudadania": "ciudadania",
    "registro": "empresa_digital.registro",
    "alertas": "alertas",
    "pagos": "pagos",
    "envios": "envios",
    "comercio": "comercio",
    "feria": "feria_inversa",
    "transparencia": "transparencia",
}
CASA = (*PREFIJOS.values(), "demostracion", "plataforma")
SQL = re.compile(r"\b(?:SELECT|INSERT|UPDATE|DELETE|FROM|JOIN|TRUNCATE)\b")


@pytest.fixture(scope="module")
def tablas() -> dict[str, str]:
    """The room of each table."""
    modulos("modelos")
    return {nombre: PREFIJOS[nombre.split("_")[0]] for nombre in SQLModel.metadata.tables}


def _habitacion(modulo: str) -> str | None:
    return next((h for h in CASA if modulo == h or modulo.startswith(f"{h}.")), None)


def _codigo() -> Iterator[tuple[str, ast.Module]]:
    for raiz in {h.split(".")[0] for h in CASA}:
        for archivo in sorted((RAIZ / raiz).rglob("*.py")):
            modulo = ".".join(archivo.relative_to(RAIZ).with_suffix("").parts).removesuffix(".__init__")
            yield modulo, ast.parse(archivo.read_text("utf-8"))


def _nombradas(sql: str, tablas: dict[str, str]) -> set[str]:
    """The tables that a text names, as far as it is SQL."""
    return set(re.findall(r"[a-z_0-9]+", sql)) & tablas.keys() if SQL.search(sql) else set()


# --- SQL ----------------------------------------------------------------------------------------------------


def test_ningun_sql_nombra_tablas_de_otra_habitacion(tablas: dict[str, str]) -> None:
    faltas = [
        f"{modulo}:{nodo.lineno}: {tabla}"
        for modulo, arbol in _codigo()
        for nodo in ast.walk(arbol)
        if isinstance(nodo, ast.Constant) and isinstance(nodo.value, str)
        for tabla in _nombradas(nodo.value, tablas)
        if tablas[tabla] != _habitacion(modulo)
    ]
    assert faltas == []


def test_ninguna_funcion_ni_vista_de_la_base_nombra_tablas_de_otra_habitacion(
    bd: Engine, tablas: dict[str, str]
) -> None:
    """The SQL of a room is told by its prefix; what it needs of another it asks of that one's functions."""
    with bd.connect() as conexion:
        textos = conexion.execute(
            text(
                "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
                "UNION ALL SELECT relname, pg_get_viewdef(oid) FROM pg_class "
                "WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace"
            )
        ).all()
    propios = [(nombre, sql) for nombre, sql in textos if nombre.split("_")[0] in PREFIJOS]
    assert len(propios) > 40
    faltas = [
        f"{nombre}: {tabla}"
        for nombre, sql in propios
        for tabla in _nombradas(sql, tablas)
        if tablas[tabla] != PREFIJOS[nombre.split("_")[0]]
    ]
    assert faltas == []


@pytest.mark.parametrize(
    ("sql", "nombra"),
    [
        ("SELECT 1 FROM registro_unidad u", {"registro_unidad"}),
        ("UPDATE pagos_cuenta SET congelada = true", {"pagos_cuenta"}),
        ("SELECT * FROM envios_envio, comercio_pedido", {"envios_envio", "comercio_pedido"}),
        ("SELECT pagos_saldo_en(:cuenta, :instante)", set()),
        ("registro_unidad", set()),  # the kind of an object, in the audit trail
        ("registro_unidad.id", set()),  # a foreign key
    ],
)
def test_que_texto_nombra_una_tabla(sql: str, nombra: set[str], tablas: dict[str, str]) -> None:
    assert _nombradas(sql, tablas) == nombra


# --- Classes and rows ---------------------------------------------------------------------------------------


def _es_tabla(cosa: Any) -> bool:
    return isinstance(cosa, type) and issubclass(cosa, SQLModel) and hasattr(cosa, "__table__")


def _tablas_de(cosa: Any) -> set[str]:
    """The tables that a value may hold, or a function take or give, however deep."""
    halladas, pendientes, vistas = set(), [cosa], set()
    while pendientes:
        parte = pendientes.pop()
        if isinstance(parte, list | tuple):  # the arguments of a Callable
            pendientes += parte
        elif id(parte) not in vistas:
            vistas.add(id(parte))
            pendientes += typing.get_args(parte)
            if _es_tabla(parte):
                halladas.add(parte.__name__)
            elif inspect.isfunction(parte) or (isinstance(parte, type) and dataclasses.is_dataclass(parte)):
                pendientes += typing.get_type_hints(parte).values()
    return halladas


def test_ningun_paquete_exporta_tablas(aplicacion: Any) -> None:
    paquetes = {modulo for modulo in sys.modules if _habitacion(modulo)}
    faltas = [
        f"{paquete}.{nombre}"
        for paquete in sorted(paquetes)
        for nombre in getattr(sys.modules[paquete], "__all__", ())
        if hasattr(sys.modules[paquete], "__path__") and _es_tabla(getattr(sys.modules[paquete], nombre))
    ]
    assert faltas == []


def _importado_de_otra() -> set[tuple[str, str]]:
    """(package, name) of everything that a room takes from another's façade."""
    return {
        (nodo.module, alias.name)
        for modulo, arbol in _codigo()
        for nodo in ast.walk(arbol)
        if isinstance(nodo, ast.ImportFrom) and nodo.module
        if _habitacion(nodo.module) not in (None, _habitacion(modulo))
        for alias in nodo.names
    }


def test_nadie_recibe_filas_de_otra_habitacion(aplicacion: Any) -> None:
    """Of what one room takes from another's façade, nothing is a table, takes one or gives one."""
    tomado = _importado_de_otra()
    assert len(tomado) > 200
    faltas = [
        f"{paquete}.{nombre}: {', '.join(sorted(suyas))}"
        for paquete, nombre in sorted(tomado)
        if (suyas := _tablas_de(getattr(importlib.import_module(paquete), nombre)))
    ]
    assert faltas == []
