"""One clock for the program and the database, and a way for tests to move both.

Business deadlines are judged by the SQL function `nucleo_ahora()`, the database's clock at the moment of
the call (not of the transaction's start), plus the offset below. The offset is zero outside tests.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from sqlalchemy import text
from sqlmodel import Session

ZONA = ZoneInfo("America/La_Paz")

_desfase = timedelta(0)


def desfase() -> timedelta:
    return _desfase


def fijar_desfase(valor: timedelta) -> None:
    """Move the clock of this process and of the transactions it begins from now on (only tests, and the story
    of the demonstration)."""
    global _desfase
    _desfase = valor


def ahora() -> datetime:
    """The current instant, UTC."""
    return datetime.now(UTC) + _desfase


def ahora_bd(sesion: Session) -> datetime:
    """The current instant by the database's clock; what decides whether something is late."""
    instante: datetime = sesion.connection().execute(text("SELECT nucleo_ahora()")).scalar_one()
    return instante


def fecha_bolivia(instante: datetime | None = None) -> date:
    """The calendar day in Bolivia (UTC-4, no daylight saving) of an instant, today's by default."""
    return (instante or ahora()).astimezone(ZONA).date()


def es_movible(conexion: psycopg.Connection[Any]) -> bool:
    """Whether the database's clock obeys an offset."""
    return conexion.execute("SELECT EXISTS (SELECT FROM nucleo_reloj)").fetchone() == (True,)


def hacer_movible(conexion: psycopg.Connection[Any], movible: bool) -> None:
    """Have the database's clock obey an offset, or not; for its owner alone. A schema from before the table
    existed is left as it is.
    """
    if conexion.execute("SELECT to_regclass('public.nucleo_reloj')").fetchone() == (None,):
        return
    if movible:
        conexion.execute("INSERT INTO nucleo_reloj VALUES (true) ON CONFLICT DO NOTHING")
    else:
        conexion.execute("DELETE FROM nucleo_reloj")
