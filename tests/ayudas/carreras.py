"""Races forced: nothing is hoped for, each step waits until the other one is where it must be."""

import time

from sqlalchemy import text

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
