"""What may be said of a process: a flag with its numbers, that it cannot be said, or nothing to say.

All in exact fractions; a flag is something worth a look, and never says that anybody did wrong.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

Dato = str | int | Fraction


@dataclass(frozen=True, slots=True)
class Bandera:
    """`valor` is what the formula gives, `datos` the numbers it comes from, `quienes` who else is in it."""

    valor: Fraction
    datos: Mapping[str, Dato] = field(default_factory=dict)
    quienes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoSeSabe:
    """What is missing to say it: a key of `FALTAS`."""

    falta: str


Juicio = Bandera | NoSeSabe | None


def cuantil(valores: Collection[Fraction], parte: Fraction) -> Fraction:
    """The quantile that is unbiased at the median whatever the distribution (Hyndman and Fan's eighth)."""
    orden = sorted(valores)
    lugar = (len(orden) + Fraction(1, 3)) * parte + Fraction(1, 3)
    entero = int(lugar)
    if entero <= 0:
        return orden[0]
    if entero >= len(orden):
        return orden[-1]
    return orden[entero - 1] + (lugar - entero) * (orden[entero] - orden[entero - 1])


@dataclass(frozen=True, slots=True)
class Cerca:
    """Between which values the usual ones are: quartiles, and one and a half times what is between them."""

    n: int
    q1: Fraction
    q3: Fraction

    @property
    def abajo(self) -> Fraction:
        return self.q1 - Fraction(3, 2) * (self.q3 - self.q1)

    @property
    def arriba(self) -> Fraction:
        return self.q3 + Fraction(3, 2) * (self.q3 - self.q1)


def cerca(valores: Sequence[Fraction], minimo: int = 1) -> Cerca | None:
    """None where there are fewer than `minimo`: they say nothing of what is usual."""
    if len(valores) < max(minimo, 1):
        return None
    return Cerca(len(valores), cuantil(valores, Fraction(1, 4)), cuantil(valores, Fraction(3, 4)))
