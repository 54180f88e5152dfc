"""Compiled releases as tables, in the usual way (that of Flatten Tool): a file for each list, a row for each
thing of it, columns named by their path; what it is of goes first, by its ids.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from nucleo.archivos.tablas import celda


@dataclass(frozen=True, slots=True)
class Plana:
    """A table: `listas` lead to its things from the release, each from the one before; `columnas`, from each
    thing to what is told of it. They do not depend on what a month has."""

    nombre: str
    listas: tuple[str, ...]
    columnas: tuple[str, ...]

    @property
    def encabezado(self) -> list[str]:
        claves, prefijo = ["ocid", "id"], ""
        for lista in self.listas:
            prefijo += f"{lista}/0/"
            claves.append(f"{prefijo}id")
        return [*claves, *(prefijo + columna for columna in self.columnas)]

    def filas(self, compilado: Mapping[str, Any]) -> Iterator[list[str]]:
        return _bajar(compilado, self.listas, self.columnas, [compilado["ocid"], compilado["id"]])


_VALOR = ("value/amount", "value/currency")
_COSA = (
    "description",
    "classification/scheme",
    "classification/id",
    "quantity",
    "unit/scheme",
    "unit/id",
    "unit/name",
    "unit/value/amount",
    "unit/value/currency",
)
PLANAS = (
    Plana(
        "main",
        (),
        (
            "date",
            "language",
            "initiationType",
            "buyer/id",
            "buyer/name",
            "planning/budget/id",
            "tender/id",
            "tender/title",
            "tender/description",
            "tender/status",
            "tender/procurementMethod",
            "tender/procurementMethodDetails",
            "tender/mainProcurementCategory",
            "tender/awardCriteria",
            "tender/value/amount",
            "tender/value/currency",
            "tender/tenderPeriod/startDate",
            "tender/tenderPeriod/endDate",
            "tender/numberOfTenderers",
        ),
    ),
    Plana("parties", ("parties",), ("name", "roles", "address/locality", "address/region")),
    Plana("tender_items", ("tender/items",), (*_COSA, "relatedLot")),
    Plana(
        "bids",
        ("bids/details",),
        ("date", "status", "description", *_VALOR, "tenderers/0/id", "tenderers/0/name"),
    ),
    Plana("bids_items", ("bids/details", "items"), ("unit/value/amount", "unit/value/currency")),
    Plana(
        "awards",
        ("awards",),
        ("date", "status", "description", *_VALOR, "suppliers/0/id", "suppliers/0/name", "relatedBid"),
    ),
    Plana("awards_items", ("awards", "items"), (*_COSA, "relatedLot")),
    Plana("contracts", ("contracts",), ("awardID", "title", "description", "status", "dateSigned", *_VALOR)),
    Plana("contracts_items", ("contracts", "items"), _COSA),
    Plana(
        "contracts_transactions",
        ("contracts", "implementation/transactions"),
        ("date", *_VALOR, "payer/id", "payer/name", "payee/id", "payee/name"),
    ),
)


def _bajar(
    objeto: Any, listas: Sequence[str], columnas: Sequence[str], claves: list[str]
) -> Iterator[list[str]]:
    if not listas:
        yield [*claves, *(_en_celda(_valor(objeto, columna)) for columna in columnas)]
        return
    for hijo in _valor(objeto, listas[0]) or ():
        yield from _bajar(hijo, listas[1:], columnas, [*claves, hijo["id"]])


def _valor(objeto: Any, ruta: str) -> Any:
    for parte in ruta.split("/"):
        if isinstance(objeto, list):
            objeto = objeto[int(parte)] if objeto else None
        elif objeto is not None:
            objeto = objeto.get(parte)
    return objeto


def _en_celda(valor: Any) -> str:
    if valor is None:
        return ""
    if isinstance(valor, list):
        return ";".join(valor)
    return f"{valor:f}" if isinstance(valor, Decimal) else celda(str(valor))
