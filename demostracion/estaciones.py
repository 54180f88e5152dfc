"""The seasons of the year that is told: how much happens on a day, and at what hour.

Factors over an ordinary day, believable rather than measured: growth month upon month, fairs, holidays,
paydays, and one bad month, of road blocks.
"""

from datetime import date, datetime, timedelta
from random import Random

from dateutil.easter import easter

from demostracion.relato import Epoca, a_las

_DE_FERIA = (0.7, 0.6, 0.7, 1.1, 1.2, 2.3, 1.9)  # Monday to Sunday: fairs of Thursday, Saturday and Sunday
_MES_MALO = range(150, 180)  # days before the present
_HORAS = (8, 9, 9, 10, 10, 10, 11, 11, 11, 12, 15, 15, 16, 16, 17, 17, 18, 18, 19, 20, 21)


def carnaval(anio: int) -> date:
    """Its Monday."""
    return easter(anio) - timedelta(days=48)


def es_de_cobro(dia: date) -> bool:
    """Salaries have just been paid: the last two days of a month and the first two."""
    return dia.day <= 2 or (dia + timedelta(days=2)).day <= 2


def ventas(epoca: Epoca, dia: date) -> float:
    """How much is bought at counters and stalls that day."""
    factor = _DE_FERIA[dia.weekday()] * crecimiento(epoca, dia)
    if dia.month == 1 and 24 <= dia.day <= 31:
        factor *= 2.0  # Alasita
    if -4 <= (dia - carnaval(dia.year)).days <= 1:
        factor *= 2.2
    if dia.month == 12 and 15 <= dia.day <= 24:
        factor *= 1.8
    if es_de_cobro(dia):
        factor *= 1.5
    return factor


def crecimiento(epoca: Epoca, dia: date) -> float:
    """More people each month, but for a bad one: from 0,5 to 1,3 of an ordinary day."""
    hace = (epoca.hoy.date() - dia).days
    return (1.3 - 0.8 * hace / 365) * (0.4 if hace in _MES_MALO else 1.0)


def veces(azar: Random, esperadas: float) -> int:
    """A whole number around what is expected."""
    return int(esperadas) + (azar.random() < esperadas % 1)


def hora(azar: Random, dia: date) -> datetime:
    """An instant of the day: mornings and afternoons, hardly anybody at lunch."""
    return a_las(dia, azar.choice(_HORAS) + azar.random())
