"""The open data of the fair by month, as a night makes them."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import Session

from demostracion.relato import Epoca, Paso, capitulo
from feria_inversa import hacer_meses


@capitulo("feria_inversa.datos_abiertos")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    yield Paso(epoca.hoy - timedelta(minutes=2), "archivos por mes", _hacer)


def _hacer(_sesion: Session) -> None:
    """In transactions of its own."""
    hacer_meses()
