"""Sums of amounts and how they are written; the total of a line is `nucleo.lectores.total_de_linea`."""

from collections.abc import Iterable
from decimal import Decimal

from moneyed import Money

from nucleo.dinero import bs
from nucleo.lectores import en_cifras


def sumar(montos: Iterable[Money]) -> Money:
    return sum(montos, bs(0))


def exacto(monto: Money) -> Decimal:
    """How an amount is written in data: two decimals, or up to the four of a unit price."""
    centavos = monto.amount.quantize(Decimal("0.01"))
    return centavos if centavos == monto.amount else Decimal(en_cifras(monto.amount))
