"""A value as its field shows it, so that reading it gives the value again."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from moneyed import Money

from nucleo.lectores import limpiar, para_escribir
from nucleo.reloj import ZONA


def a_texto(valor: Any) -> str:
    match valor:
        case None | False:
            return ""
        case True:
            return "1"
        case Money():
            cifras = para_escribir(valor.amount)
            return cifras if len(cifras.partition(",")[2]) > 2 else f"{valor.amount:.2f}".replace(".", ",")
        case Decimal():
            return para_escribir(valor)
        case datetime():
            return valor.astimezone(ZONA).strftime("%Y-%m-%dT%H:%M")
        case _:
            return limpiar(str(valor))
