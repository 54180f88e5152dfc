"""The tables of open data, as a night writes them."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import Session

from demostracion.relato import Epoca, Paso, capitulo
from transparencia import hacer_tablas


@capitulo("transparencia")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    yield Paso(epoca.hoy - timedelta(minutes=1), "datos abiertos", _hacer)


def _hacer(_sesion: Session) -> None:
    """In transactions of its own."""
    hacer_tablas()
