"""Periodic work: plain functions registered here, run by Celery beat in the running platform.

No deadline hangs on the beat: each function asks the database what is due, and running it late, twice or
from two workers at once gives the same result.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from sqlalchemy import TextClause, func
from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar

from nucleo.bd import transaccion

registro = structlog.get_logger(__name__)


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


Id = TypeVar("Id")

LOTE = 200
"""How many things a sweep takes at most: the next one goes on."""


def pendientes(consulta: SelectOfScalar[Id]) -> list[Id]:
    """What is due, in the order of the query, `LOTE` at most.

    When more is due than that, in any order: what fails each time never keeps the rest waiting.
    """
    with transaccion() as sesion:
        hallados = list(sesion.exec(consulta.limit(LOTE + 1)))
        if len(hallados) > LOTE:
            hallados = list(sesion.exec(consulta.order_by(None).order_by(func.random()).limit(LOTE)))
    return hallados


def cada_uno(
    ids: Iterable[Id],
    hacer: Callable[[Session, Id], object],
    *,
    si_falla: Callable[[Session, Id], object] | None = None,
) -> int:
    """`hacer(sesion, id)` for each, in a transaction of its own; for how many it did something.

    One that fails keeps nobody waiting: the rest is done, then `si_falla(sesion, id)` for each that failed,
    to put it off, and the first failure is raised. The next sweep finds it again.
    """
    hechos, fallas = 0, []
    for id in ids:
        try:
            with transaccion() as sesion:
                hechos += bool(hacer(sesion, id))
        except Exception as error:
            registro.exception("barrido_con_falla", de=str(id))
            fallas.append((id, error))
    if fallas:
        if si_falla is not None:
            cada_uno([id for id, _error in fallas], si_falla)
        raise fallas[0][1]
    return hechos


def por_tandas(
    consulta: TextClause, hacer: Callable[[Session, Any], object], *, hasta: float, **pide: object
) -> int:
    """`cada_uno` of what `consulta` gives of what is due (`:n` at most), a lot after another while they are
    whole and it is not `hasta` (of `time.monotonic`) yet; for how many it did something.
    """
    hechos = 0
    while time.monotonic() < hasta:
        with transaccion() as sesion:
            ids = sesion.connection().execute(consulta, {"n": LOTE, **pide}).scalars().all()
        hechos += cada_uno(ids, hacer)
        if len(ids) < LOTE:
            break
    return hechos
