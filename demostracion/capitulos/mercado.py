"""The market of the State, as sweeps keep it: a month of history is brought; at the end all is counted."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import Session

from demostracion.relato import Epoca, Paso, a_las, capitulo
from feria_inversa.panorama import contar_mercado, llevar_historia, llevar_lo_de_aqui
from feria_inversa.perfiles import calcular_precios


@capitulo("feria_inversa.mercado")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    yield Paso(a_las(epoca.desde + timedelta(days=1), 5), "la historia", _llevar)
    yield Paso(epoca.hoy - timedelta(minutes=1), "las cuentas", _contar)


def _llevar(_sesion: Session) -> None:
    """In transactions of its own, as what follows."""
    llevar_historia()


def _contar(_sesion: Session) -> None:
    llevar_lo_de_aqui()
    contar_mercado()
    calcular_precios()
