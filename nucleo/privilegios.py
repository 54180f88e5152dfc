"""What the application's role may do with a table, declared beside its model.

A revision carries the text that `concesion` prints, a test compares declaration and database. A table that
declares nothing fails that test, and without its GRANT the application cannot even read it.
"""

import re
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Table
from sqlmodel import SQLModel

GRUPO = "qhatu_aplicacion"  # its members are the application; login roles may have any name

_Modelo = TypeVar("_Modelo", bound=type[SQLModel])
_PRIVILEGIO = re.compile(r"(SELECT|INSERT|UPDATE|DELETE)(?: \(([a-z_0-9, ]+)\))?(?:, |$)")


def aplicacion(privilegios: str) -> Callable[[_Modelo], _Modelo]:
    """Declare a table's privileges as GRANT writes them: `@aplicacion("SELECT, INSERT, UPDATE (visto_en)")`.

    A row that must not change has no UPDATE; one with a life has UPDATE of the columns that live.
    """

    def declarar(modelo: _Modelo) -> _Modelo:
        modelo.__table__.info["aplicacion"] = privilegios  # type: ignore[attr-defined]
        return modelo

    return declarar


def privilegios(tabla: Table) -> set[tuple[str, str | None]]:
    """Those declared: `{("SELECT", None), ("UPDATE", "visto_en")}`; ValueError when there are none."""
    declarados = str(tabla.info.get("aplicacion", ""))
    leidos = list(_PRIVILEGIO.finditer(declarados))
    if not leidos or "".join(leido[0] for leido in leidos) != declarados:
        raise ValueError(f"{tabla.name} no declara sus privilegios: {declarados!r}")
    return {
        (leido[1], columna) for leido in leidos for columna in (leido[2].split(", ") if leido[2] else [None])
    }


def concesion(tabla: Table) -> str:
    """The line that a revision carries."""
    privilegios(tabla)
    return f"GRANT {tabla.info['aplicacion']} ON {tabla.name} TO {GRUPO};"
