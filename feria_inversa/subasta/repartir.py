"""From a total for what is awarded at once to the price of a unit of each item, in the same proportion."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from moneyed import Money

from nucleo.dinero import a_centavos, de_centavos, redondear

_DIEZMIL = 10_000
_POR_UNIDAD = 100
"""Ten-thousandths of a boliviano in a centavo."""


@dataclass(frozen=True, slots=True)
class Reparto:
    """Prices of a unit, with four decimals, and what they make: never more than was asked."""

    precios: list[Decimal]
    total: Money


def repartir(lineas: Sequence[tuple[Decimal, Decimal]], total: Money) -> Reparto | None:
    """Of (quantity, price) that there are, the same proportion of each, and what the cut to four decimals
    leaves over goes to whoever can still say it. None when something would be left at no price.
    """
    ahora = sum(_centavos(cantidad, _enteros(precio)) for cantidad, precio in lineas)
    assert ahora > 0
    objetivo = tope = min(a_centavos(total), ahora)
    while objetivo > 0:
        partes = [divmod(_enteros(precio) * objetivo, ahora) for _cantidad, precio in lineas]
        enteros = [entero for entero, _resto in partes]
        if not all(enteros):
            return None
        suma = _suma(lineas, enteros)
        if suma <= tope:
            _repartir_lo_que_sobra(lineas, enteros, [resto for _entero, resto in partes], tope)
            return Reparto([Decimal(e) / _DIEZMIL for e in enteros], de_centavos(_suma(lineas, enteros)))
        objetivo -= suma - tope
    return None


def _repartir_lo_que_sobra(
    lineas: Sequence[tuple[Decimal, Decimal]], enteros: list[int], restos: Sequence[int], tope: int
) -> None:
    """One more of the last decimal where the cut took most; then as many as fit, the dearest step first."""
    sobra = tope - _suma(lineas, enteros)
    numeros = range(len(lineas))
    vueltas = [
        (sorted(numeros, key=lambda n: -restos[n]), 1),
        (sorted(numeros, key=lambda n: -lineas[n][0]), max(_enteros(precio) for _c, precio in lineas)),
    ]
    for orden, a_lo_sumo in vueltas:
        for n in orden:
            cantidad, precio = lineas[n]
            antes = _centavos(cantidad, enteros[n])
            cabe = int((antes + sobra) * _POR_UNIDAD / cantidad)
            if _centavos(cantidad, cabe) < _centavos(cantidad, cabe + 1) <= antes + sobra:
                cabe += 1
            if sobra:
                enteros[n] = max(enteros[n], min(cabe, enteros[n] + a_lo_sumo, _enteros(precio)))
            sobra -= _centavos(cantidad, enteros[n]) - antes
    assert sobra >= 0


def _enteros(precio: Decimal) -> int:
    return int(precio * _DIEZMIL)


def _suma(lineas: Sequence[tuple[Decimal, Decimal]], enteros: Sequence[int]) -> int:
    pares = zip(lineas, enteros, strict=True)
    return sum(_centavos(cantidad, entero) for (cantidad, _precio), entero in pares)


def _centavos(cantidad: Decimal, entero: int) -> int:
    return a_centavos(redondear(cantidad * Decimal(entero) / _DIEZMIL))
