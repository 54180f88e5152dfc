"""Periodic work of the open data. It asks the database what is due and may run twice at once."""

import time
from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from sqlmodel import Session

from feria_inversa.datos_abiertos.meses import hacer_mes, por_hacer
from nucleo.bd import transaccion
from nucleo.tareas import cada_uno, periodica

SEGUNDOS = 60
"""None is begun after so long: a task has two minutes, and the next sweep goes on."""
Cual = tuple[date, UUID | None]


@periodica("feria.hacer_meses", cada=900)
def hacer_meses() -> int:
    """Make the files of the months that have none or are behind; how many were made."""
    with transaccion() as sesion:
        cuales = por_hacer(sesion)
    return cada_uno(_a_tiempo(cuales), _hacer)


def _hacer(sesion: Session, cual: Cual) -> bool:
    return hacer_mes(sesion, *cual)


def _a_tiempo(cuales: Iterable[Cual]) -> Iterator[Cual]:
    hasta = time.monotonic() + SEGUNDOS
    for cual in cuales:
        if time.monotonic() > hasta:
            return
        yield cual
