"""How bids are compared: exact fractions, the same whatever the order in which they come.

A margin of preference only changes the price that is compared; what is contracted is the price offered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from feria_inversa.procesos import PUNTOS, Metodo
from feria_inversa.reglas import Formula, Margen, precio_evaluado


@dataclass(frozen=True, slots=True)
class Criterio:
    """The method, what the technical part is worth at most, and with how much of it a bid passes."""

    metodo: Metodo
    puntos_tecnica: int = 0
    minimo_tecnica: int = 0


@dataclass(frozen=True, slots=True)
class Comparable:
    """What a bid brings to a comparison. `puntos` are those of its technical part, where it is scored."""

    clave: UUID
    precio: Fraction
    margenes: tuple[Margen, ...] = ()
    puntos: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Puesto:
    """What became of a bid in a comparison. Equal ones share their place; who does not pass has none."""

    clave: UUID
    precio_evaluado: Fraction
    puntos_precio: Fraction | None
    puntos: Fraction | None
    lugar: int | None

    @property
    def total(self) -> Fraction | None:
        """Price and quality together, where both are scored."""
        return None if self.puntos_precio is None or self.puntos is None else self.puntos_precio + self.puntos


def evaluar(
    criterio: Criterio, techo: Fraction, comparables: Sequence[Comparable], formula: Formula = Formula.SUMA
) -> dict[UUID, Puesto]:
    """The place of each bid. One above the ceiling, or with less quality than the minimum, has none."""
    evaluados = {c.clave: precio_evaluado(c.precio, c.margenes, formula) for c in comparables}
    pasan = [c for c in comparables if _pasa(criterio, techo, c)]
    menor = min((evaluados[c.clave] for c in pasan), default=None)
    de_precio = {c.clave: _puntos_de_precio(criterio, evaluados[c.clave], menor) for c in pasan}
    orden = {
        c.clave: _ORDEN[criterio.metodo](evaluados[c.clave], de_precio[c.clave], c.puntos) for c in pasan
    }
    lugares = {valor: n for n, valor in reversed(list(enumerate(sorted(orden.values()), start=1)))}
    return {
        c.clave: Puesto(
            clave=c.clave,
            precio_evaluado=evaluados[c.clave],
            puntos_precio=de_precio.get(c.clave),
            puntos=c.puntos,
            lugar=lugares[orden[c.clave]] if c.clave in orden else None,
        )
        for c in comparables
    }


def _pasa(criterio: Criterio, techo: Fraction, comparable: Comparable) -> bool:
    if comparable.precio > techo:
        return False
    if not criterio.metodo.con_puntaje:
        return True
    assert comparable.puntos is not None
    assert 0 <= comparable.puntos <= criterio.puntos_tecnica
    return comparable.puntos >= criterio.minimo_tecnica


def _puntos_de_precio(criterio: Criterio, evaluado: Fraction, menor: Fraction | None) -> Fraction | None:
    """The cheapest gets all the points that the price is worth; the others, in proportion."""
    if criterio.metodo != Metodo.CALIDAD_Y_COSTO or menor is None:
        return None
    return (PUNTOS - criterio.puntos_tecnica) * (menor / evaluado if evaluado else Fraction(1))


def _menos(puntos: Fraction | None) -> Fraction:
    assert puntos is not None
    return -puntos


_Orden = Callable[[Fraction, Fraction | None, Fraction | None], Fraction]
_ORDEN: dict[Metodo, _Orden] = {
    Metodo.PRECIO: lambda evaluado, _precio, _puntos: evaluado,
    Metodo.CALIDAD_Y_COSTO: lambda _evaluado, precio, puntos: _menos(precio) + _menos(puntos),
    Metodo.CALIDAD: lambda _evaluado, _precio, puntos: _menos(puntos),
    Metodo.PRESUPUESTO_FIJO: lambda _evaluado, _precio, puntos: _menos(puntos),
    Metodo.MENOR_COSTO: lambda evaluado, _precio, _puntos: evaluado,
}
