"""A discount shared out among lines, to the centavo."""

from collections.abc import Mapping
from typing import TypeVar

from moneyed import Money

from nucleo.dinero import a_centavos, de_centavos

K = TypeVar("K")


def repartir(descuento: Money, precios: Mapping[K, Money]) -> dict[K, Money]:
    """Share a discount out among what is paid for each, in proportion: first whole centavos, then one more to
    those left with the largest remainders, the first ones before. Each keeps a centavo at least: what does
    not fit is not taken off.
    """
    pesos = {clave: a_centavos(precio) - 1 for clave, precio in precios.items()}
    assert all(peso >= 0 for peso in pesos.values())
    total = sum(pesos.values())
    monto = min(a_centavos(descuento), total)
    assert monto >= 0
    if total == 0:
        return {clave: de_centavos(0) for clave in precios}
    partes = {clave: divmod(monto * peso, total) for clave, peso in pesos.items()}
    faltan = monto - sum(entero for entero, _resto in partes.values())
    con_mas = sorted(partes, key=lambda clave: -partes[clave][1])[:faltan]
    uno_mas = frozenset(con_mas)
    return {clave: de_centavos(entero + (clave in uno_mas)) for clave, (entero, _r) in partes.items()}
