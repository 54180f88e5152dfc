"""Bolivia's business calendar (national holidays from the `holidays` package)."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays

from nucleo.reloj import ZONA


@lru_cache
def _feriados() -> holidays.HolidayBase:
    return holidays.country_holidays("BO", language="es")


def es_dia_habil(dia: date) -> bool:
    """Monday to Friday and not a national holiday."""
    return dia.weekday() < 5 and dia not in _feriados()


def sumar_dias_habiles(dia: date, cantidad: int) -> date:
    """The business day `cantidad` business days after `dia` (0: the same day, or the next business one)."""
    assert 0 <= cantidad <= 3650
    actual = dia
    while not es_dia_habil(actual) and cantidad == 0:
        actual += timedelta(days=1)
    restantes = cantidad
    while restantes:
        actual += timedelta(days=1)
        if es_dia_habil(actual):
            restantes -= 1
    return actual


def fin_del_dia(dia: date) -> datetime:
    """The last instant of a day in Bolivia, as an aware datetime."""
    return datetime.combine(dia + timedelta(days=1), time(), tzinfo=ZONA) - timedelta(microseconds=1)
