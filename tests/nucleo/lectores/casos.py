"""The table of written forms: `lector | escrito | esperado`; `!Class` where it is refused.

`\\uXXXX` stands for what a text editor would hide.
"""

import csv
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from moneyed import Money

from nucleo import lectores
from nucleo.lectores import Carnet, Ilegible


class Caso(NamedTuple):
    lector: str
    escrito: str
    esperado: str

    @property
    def rechazado(self) -> bool:
        return self.esperado.startswith("!")


LECTORES: dict[str, Callable[[str], Any]] = {
    nombre.removeprefix("leer_"): getattr(lectores, nombre)
    for nombre in lectores.__all__
    if nombre.startswith("leer_")
}


def en_texto(valor: Any) -> str:
    """A value as the table writes it."""
    match valor:
        case Money():
            return str(valor.amount)
        case Carnet():
            return f"{valor} {valor.lugar}" if valor.lugar else str(valor)
        case date() | datetime():
            return valor.isoformat()
        case Decimal():
            return str(valor)
        case _:
            return str(valor)


def leido(lector: Callable[[str], Any], escrito: str) -> str:
    try:
        return en_texto(lector(escrito))
    except Ilegible as error:
        return f"!{type(error).__name__}"


def _sin_escapes(texto: str) -> str:
    return re.sub(
        r"\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|([nt]))",
        lambda m: {"n": "\n", "t": "\t"}[m[3]] if m[3] else chr(int(m[1] or m[2], 16)),
        texto,
    )


def _leer() -> list[Caso]:
    with Path(__file__).with_name("casos.csv").open(encoding="utf-8", newline="") as archivo:
        filas = csv.DictReader(archivo, delimiter="|", quoting=csv.QUOTE_NONE)
        return [Caso(f["lector"], _sin_escapes(f["escrito"]), _sin_escapes(f["esperado"])) for f in filas]


CASOS = _leer()
