"""A compiled OCDS record, read as it comes: what is not there, or is not what it should be, is not known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

Registro = Mapping[str, Any]
_PRESENTADAS = {"pending", "valid", "disqualified"}


@dataclass(frozen=True, slots=True)
class Postura:
    """A bid that was presented: by whom, for how much, of which items, when."""

    estado: str
    quienes: tuple[str, ...]
    monto: Fraction | None
    moneda: str | None
    items: frozenset[str]
    fecha: datetime | None


def de(registro: Any, *camino: str) -> Any:
    """What is under a path, or None."""
    for paso in camino:
        registro = registro.get(paso) if isinstance(registro, Mapping) else None
    return registro


def filas(registro: Any, *camino: str) -> list[Mapping[str, Any]]:
    hallado = de(registro, *camino)
    return [fila for fila in hallado if isinstance(fila, Mapping)] if isinstance(hallado, list) else []


def instante(texto: Any) -> datetime | None:
    try:
        leido = datetime.fromisoformat(texto)
    except (TypeError, ValueError):
        return None
    return leido if leido.tzinfo is not None else None


def numero(valor: Any) -> Fraction | None:
    es_numero = isinstance(valor, int | Decimal) and not isinstance(valor, bool)
    return Fraction(valor) if es_numero and Decimal(valor).is_finite() else None


def ids(dichos: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fila["id"] for fila in dichos if isinstance(fila.get("id"), str)))


def cancelado(registro: Registro) -> bool:
    return bool(de(registro, "tender", "status") == "cancelled")


def posturas(registro: Registro) -> list[Postura]:
    """Those that were presented and not withdrawn."""
    return [
        Postura(
            estado=bid["status"],
            quienes=ids(filas(bid, "tenderers")),
            monto=numero(de(bid, "value", "amount")),
            moneda=de(bid, "value", "currency"),
            items=frozenset(ids(filas(bid, "items"))),
            fecha=instante(bid.get("date")),
        )
        for bid in filas(registro, "bids", "details")
        if bid.get("status") in _PRESENTADAS
    ]


def vigentes(registro: Registro) -> list[Mapping[str, Any]]:
    """The awards in force."""
    return [award for award in filas(registro, "awards") if award.get("status") == "active"]


def resueltas(registro: Registro) -> list[Mapping[str, Any]]:
    """The awards in force, where no other is still to be decided nor is without a state that is known."""
    finales = {"active", "cancelled", "unsuccessful"}
    todas = filas(registro, "awards")
    return vigentes(registro) if all(award.get("status") in finales for award in todas) else []


def comparables(todas: Iterable[Postura]) -> Iterator[list[Postura]]:
    """Bids whose prices may be compared: of the same items, in the same money."""
    grupos: dict[tuple[frozenset[str], str], list[Postura]] = {}
    for postura in todas:
        if postura.monto is not None and postura.moneda is not None:
            grupos.setdefault((postura.items, postura.moneda), []).append(postura)
    yield from grupos.values()
