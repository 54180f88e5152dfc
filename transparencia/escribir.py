"""A table of open data as CSV, a row at a time: the same rows give the same bytes."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

from moneyed import Money

from nucleo.archivos.tablas import celda
from nucleo.dcat import TablaAbierta
from nucleo.lectores import en_cifras


@dataclass(frozen=True, slots=True)
class Escrita:
    """How many rows, and the first and the last day that they say."""

    filas: int
    desde: date | None
    hasta: date | None


def escribir(tabla: TablaAbierta, filas: Iterable[Sequence[Any]], destino: BinaryIO) -> Escrita:
    """RFC 4180 in UTF-8: commas, decimal points, empty for what is not known."""
    texto = io.TextIOWrapper(destino, "utf-8", newline="")
    escritor = csv.writer(texto)
    escritor.writerow(tabla.columnas)
    lugar = list(tabla.columnas).index(tabla.fechas) if tabla.fechas else None
    cuantas, desde, hasta = 0, None, None
    for fila in filas:
        assert len(fila) == len(tabla.columnas), tabla.columnas
        escritor.writerow(map(_en_celda, fila))
        cuantas += 1
        if lugar is not None:
            desde, hasta = min(desde or fila[lugar], fila[lugar]), max(hasta or fila[lugar], fila[lugar])
    texto.flush()
    texto.detach()
    return Escrita(cuantas, desde, hasta)


def _en_celda(valor: Any) -> str:
    if valor is None:
        return ""
    if isinstance(valor, date):
        return valor.isoformat()
    if isinstance(valor, Money):
        return en_cifras(valor.amount)
    if isinstance(valor, int | Decimal):
        return en_cifras(Decimal(valor))
    assert isinstance(valor, str), type(valor)
    return celda(valor)
