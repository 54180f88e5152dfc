"""Exact amounts of lines: the only place where a quantity meets a price."""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal

from moneyed import Money

from nucleo.dinero import a_centavos, bs, de_centavos


def total_de_linea(cantidad: Decimal, precio: Money) -> Money:
    """`cantidad` x `precio` in centavos; a half centavo rounds to the even one (ROUND_HALF_EVEN).

    A quantity may have four decimals, so the product of an exact price may not be whole centavos.
    """
    assert cantidad > 0
    producto = cantidad * a_centavos(precio)
    return de_centavos(int(producto.quantize(Decimal(1), rounding=ROUND_HALF_EVEN)))


def sumar(montos: Iterable[Money]) -> Money:
    return sum(montos, bs(0))
