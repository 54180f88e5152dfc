"""A connection lost at a chosen point: the server's process dies before the nth statement of an act, or its
commit.

`cada_corte` tries them all, so that no place where an act can be broken in two is left to chance.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, event

MAXIMO = 400  # statements of one act


class Corte:
    """Kills the connection that runs the nth statement; `hecho` says whether there was one."""

    def __init__(self, url: str, antes_de: int) -> None:
        self.url, self.faltan, self.hecho = url, antes_de, False
        self._turno = threading.Lock()

    def contar(self, conexion: Connection) -> None:
        with self._turno:
            self.faltan -= 1
            toca = self.faltan == 0
        if toca:
            pid = conexion.connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
            with psycopg.connect(self.url, autocommit=True) as otra:
                otra.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
            self.hecho = True


@contextmanager
def cortar(motor: Engine, url: str, antes_de: int) -> Iterator[Corte]:
    corte = Corte(url, antes_de)

    def sentencia(conexion: Connection, *_resto: Any) -> None:
        corte.contar(conexion)

    event.listen(motor, "before_cursor_execute", sentencia)
    event.listen(motor, "commit", corte.contar)
    try:
        yield corte
    finally:
        event.remove(motor, "before_cursor_execute", sentencia)
        event.remove(motor, "commit", corte.contar)


def cada_corte(motor: Engine, url: str, hacer: Callable[[], Any], cortado: Callable[[Any], None]) -> int:
    """Do it, cut before its first statement, before its second…, until it runs whole; how many cuts.
    `cortado` looks at what each cut left, given the answer or the exception of `hacer`."""
    for n in range(1, MAXIMO):
        with cortar(motor, url, n) as corte:
            try:
                quedo = hacer()
            except Exception as error:
                quedo = error
        if not corte.hecho:
            assert not isinstance(quedo, Exception), quedo
            return n - 1
        cortado(quedo)
    raise AssertionError(f"more than {MAXIMO} statements")
