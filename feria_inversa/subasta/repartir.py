"""From a total for what is awarded at once to the price of a unit of each item, in the same proportion."""

from collections.abc import Sequence
from decimal import Decimal

from moneyed import Money

from nucleo.dinero import a_centavos, redondear

_DIEZMIL = 10_000


def repartir(lineas: Sequence[tuple[Decimal, Decimal]], total: Money) -> list[Decimal] | None:
    """Prices of a unit, with four decimals, of (quantity, price) that there are: the same proportion of each,
    in all never more than the total. None when that leaves something at no price.
    """
    tope = a_centavos(total)
    ahora = sum(_centavos(cantidad, precio) for cantidad, precio in lineas)
    assert ahora > 0
    objetivo = min(tope, ahora)
    while objetivo > 0:
        enteros = [int(precio * _DIEZMIL) * objetivo // ahora for _cantidad, precio in lineas]
        precios = [Decimal(entero) / _DIEZMIL for entero in enteros]
        if not all(precios):
            return None
        suma = sum(
            _centavos(cantidad, precio) for (cantidad, _antes), precio in zip(lineas, precios, strict=True)
        )
        if suma <= tope:
            return precios
        objetivo -= suma - tope
    return None


def _centavos(cantidad: Decimal, precio: Decimal) -> int:
    return a_centavos(redondear(cantidad * precio))
