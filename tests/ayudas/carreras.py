"""Races forced: nothing is hoped for, each step waits until the other one is where it must be."""

import threading
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from nucleo.bd import transaccion

_ESPERAN = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def hasta_que_esperen(cuantas: int = 1) -> None:
    """Return once so many connections to this test's database wait for a lock; fail after 20 s."""
    from nucleo.bd import motor

    limite = time.monotonic() + 20
    with motor().connect().execution_options(isolation_level="AUTOCOMMIT") as conexion:
        while conexion.execute(_ESPERAN).scalar_one() < cuantas:
            assert time.monotonic() < limite, "nobody waits"
            time.sleep(0.005)


def cruzar(primero: Callable[[Session], Any], segundo: Callable[[Session], Any]) -> BaseException | None:
    """Do `primero`; before it commits, `segundo` begins in another transaction and must wait for it. What
    `segundo` raised once `primero` was done.
    """
    fallas: list[BaseException] = []

    def correr() -> None:
        try:
            with transaccion() as propia:
                segundo(propia)
        except BaseException as error:
            fallas.append(error)

    hilo = threading.Thread(target=correr)
    with transaccion() as sesion:
        primero(sesion)
        hilo.start()
        hasta_que_esperen()
    hilo.join(20)
    assert not hilo.is_alive()
    return fallas[0] if fallas else None
