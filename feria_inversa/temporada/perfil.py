"""When in the year something is bought, if that can be said: pure functions of the processes of each month.

A month that was not imported is absent, and absent is not zero. What is said is said of whole years, and only
when what the other years tell of one foretells it better than a year without seasons does: else, «muy poco».
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log
from statistics import median

Mes = tuple[int, int]
"""A year and one of its months."""
ANIOS_MINIMOS = 3
PROCESOS_MINIMOS = 120
"""In the whole years together: with less, of a month there would be four or less in each."""
VENTAJA_MINIMA = 4.0
"""By how much (natural logarithm of the likelihood) the seasons must foretell the years better, in all."""
_SUAVE = 1.0
"""Added to each month of the years that foretell, so that what never happened is not impossible."""


class Falta(StrEnum):
    """Why nothing is said."""

    ANIOS = "anios"
    PROCESOS = "procesos"
    PAREJO = "parejo"


@dataclass(frozen=True, slots=True)
class DelMes:
    """The share of its year that a month has, of the whole years: the middle one and the two ends."""

    mes: int
    mitad: float
    menor: float
    mayor: float


@dataclass(frozen=True, slots=True)
class Temporada:
    """What is known of the seasons; with `falta`, `meses` is empty. `anios` are the whole ones, `procesos`
    theirs; `ventaja`, what was won in each year that the others foretold (none where it was not tried).
    """

    anios: tuple[int, ...]
    procesos: int
    falta: Falta | None
    meses: tuple[DelMes, ...] = ()
    ventaja: tuple[float, ...] = ()

    @property
    def altos(self) -> tuple[int, ...]:
        """The months that in every year had more than an even share."""
        return tuple(m.mes for m in self.meses if m.menor > 1 / 12)


def serie(cuentas: Mapping[Mes, int], cobertura: Collection[Mes]) -> dict[Mes, int]:
    """What there was in each month that is known: zero where none was found, nothing where it is not."""
    return {mes: cuentas.get(mes, 0) for mes in sorted(cobertura)}


def temporada(serie: Mapping[Mes, int]) -> Temporada:
    """The seasons of a series, if they can be told."""
    enteros = _anios_enteros(serie)
    anios, procesos = tuple(enteros), sum(map(sum, enteros.values()))
    if len(enteros) < ANIOS_MINIMOS:
        return Temporada(anios, procesos, Falta.ANIOS)
    if procesos < PROCESOS_MINIMOS or not all(map(sum, enteros.values())):
        return Temporada(anios, procesos, Falta.PROCESOS)
    ventaja = tuple(_ventaja(enteros, anio) for anio in enteros)
    if min(ventaja) <= 0 or sum(ventaja) < VENTAJA_MINIMA:
        return Temporada(anios, procesos, Falta.PAREJO, ventaja=ventaja)
    partes = [[n / sum(meses) for n in meses] for meses in enteros.values()]
    meses = tuple(
        DelMes(n + 1, median(del_mes), min(del_mes), max(del_mes))
        for n, del_mes in enumerate(zip(*partes, strict=True))
    )
    return Temporada(anios, procesos, None, meses, ventaja)


def _anios_enteros(serie: Mapping[Mes, int]) -> dict[int, list[int]]:
    """The years of which all twelve months are known."""
    anios = sorted({anio for anio, _mes in serie})
    meses = {anio: [serie.get((anio, mes)) for mes in range(1, 13)] for anio in anios}
    return {anio: [n for n in suyos if n is not None] for anio, suyos in meses.items() if None not in suyos}


def _ventaja(enteros: Mapping[int, Sequence[int]], anio: int) -> float:
    """How much better than a year without seasons, even or growing as they did, the others foretell one."""
    otros = {cual: meses for cual, meses in enteros.items() if cual != anio}
    crece = _crecimiento(otros)
    pareja, creciente = [1 / 12] * 12, _normal([exp(crece * mes / 12) for mes in range(12)])
    estacion = [0.0] * 12
    for meses in otros.values():
        suyas = _normal([n + _SUAVE for n in meses])
        for mes in range(12):
            estacion[mes] += suyas[mes] / creciente[mes]
    prevista = _normal([e * c for e, c in zip(estacion, creciente, strict=True)])
    de_ese = enteros[anio]
    return _dice(de_ese, prevista) - max(_dice(de_ese, pareja), _dice(de_ese, creciente))


def _crecimiento(enteros: Mapping[int, Sequence[int]]) -> float:
    """How much a year grows on the one before (logarithm): the middle of what any two of them say."""
    puntos = [(anio, log(sum(meses))) for anio, meses in enteros.items()]
    pendientes = [(y - x) / (b - a) for i, (a, x) in enumerate(puntos) for b, y in puntos[i + 1 :]]
    return median(pendientes) if pendientes else 0.0


def _normal(pesos: Sequence[float]) -> list[float]:
    suma = sum(pesos)
    return [peso / suma for peso in pesos]


def _dice(cuentas: Sequence[int], partes: Sequence[float]) -> float:
    return sum(n * log(p) for n, p in zip(cuentas, partes, strict=True))
