"""What people type, as values: one reader a kind of datum, and how each kind is shown for editing.

A reader takes what was sent, without the spaces around it, and raises `ValueError` with what to write instead
(of a field left empty that is asked for, only that error is used). Control characters are nobody's text (NUL
breaks PostgreSQL): they are dropped first.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from moneyed import Money

from nucleo.dinero import MontoInvalido, leer_monto
from nucleo.reloj import ZONA
from nucleo.textos import gettext as _

Lector = Callable[[str], Any]
_CANTIDAD = re.compile(r"[0-9]{1,10}(?:[.,][0-9]{1,4})?")
_MILES = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]{1,4})?")
_ENTERO = re.compile(r"[+-]?[0-9]{1,18}")
_ANOS = range(1900, 2200)


def limpiar(texto: str) -> str:
    """Without control characters or outer spaces, its lines ended as Unix does."""
    lineas = texto.replace("\r\n", "\n").replace("\r", "\n")
    visibles = (c if c.isprintable() or c in "\n\t" else " " if c.isspace() else "" for c in lineas)
    return "".join(visibles).strip()


def leer_texto(texto: str) -> str:
    return texto


def leer_linea(texto: str) -> str:
    return " ".join(texto.split())


def leer_dinero(texto: str) -> Money:
    try:
        return leer_monto(texto)
    except MontoInvalido as error:
        raise ValueError(error.detalle) from error


def leer_cantidad(texto: str) -> Decimal:
    """A quantity as people write it: `1.200`, `12,5`, `12.5`."""
    limpio = texto.replace(" ", "")
    if _MILES.fullmatch(limpio):
        limpio = limpio.replace(".", "")
    elif not _CANTIDAD.fullmatch(limpio):
        raise ValueError(_("Escriba una cantidad, por ejemplo 40 o 12,5."))
    return Decimal(limpio.replace(",", "."))


def leer_entero(texto: str) -> int:
    limpio = texto.replace(" ", "").replace("\u2212", "-")
    if not _ENTERO.fullmatch(limpio):
        raise ValueError(_("Escriba un número entero."))
    return int(limpio)


def leer_fecha(texto: str) -> date:
    try:
        leida = date.fromisoformat(texto)
    except ValueError:
        leida = date.min
    if leida.year not in _ANOS:
        raise ValueError(_("Escriba una fecha válida."))
    return leida


def leer_momento(texto: str) -> datetime:
    """A `datetime-local` field, in Bolivian time."""
    try:
        leido = datetime.fromisoformat(texto)
    except ValueError:
        leido = datetime.min  # noqa: DTZ901 (only its year is looked at)
    if leido.year not in _ANOS or leido.tzinfo is not None:
        raise ValueError(_("Elija el día y la hora."))
    return leido.replace(tzinfo=ZONA)


def leer_marca(_texto: str) -> bool:
    """A box that was sent is a box that was ticked."""
    return True


def a_texto(valor: Any) -> str:
    """A value as its field shows it, so that reading it gives the value again."""
    match valor:
        case None | False:
            return ""
        case True:
            return "1"
        case Money():
            return f"{valor.amount:.2f}".replace(".", ",")
        case Decimal():
            return f"{valor.normalize():f}".replace(".", ",")
        case datetime():
            return valor.astimezone(ZONA).strftime("%Y-%m-%dT%H:%M")
        case _:
            return limpiar(str(valor))
