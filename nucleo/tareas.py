"""Periodic work: plain functions registered here, run by Celery beat in the running platform.

No deadline hangs on the beat: each function asks the database what is due, and running it late, twice or
from two workers at once gives the same result.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True)
class TareaPeriodica:
    nombre: str
    cada_s: float
    funcion: Callable[[], Any]


_periodicas: dict[str, TareaPeriodica] = {}


F = TypeVar("F", bound=Callable[[], Any])


def periodica(nombre: str, *, cada: float) -> Callable[[F], F]:
    """Run the function every `cada` seconds; it opens its own transactions."""

    def registrar(funcion: F) -> F:
        _periodicas[nombre] = TareaPeriodica(nombre, cada, funcion)
        return funcion

    return registrar


def periodicas() -> Mapping[str, TareaPeriodica]:
    return _periodicas
