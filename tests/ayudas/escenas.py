"""What many tests begin with, made once a minute and written again for each of them.

A unit takes some ninety statements to be born, have its mandates and be granted what it may do: writing its
rows again takes a tenth of that.
"""

import pickle
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.ayudas.limpieza import Limpiador

VALE_S = 60
"""A scene is made again after this time: what is in it has just happened, for whoever looks at it."""


@pytest.fixture(scope="session")
def _guardadas() -> dict[str, tuple[float, bytes]]:
    return {}


@pytest.fixture
def recordada(bd: Engine, _limpiador: Limpiador, _guardadas: dict[str, Any]) -> Callable[..., Any]:
    """`recordada("mercado", hacer)` -> what `hacer()` returns (it is pickled: data alone), its rows in place.

    Where something was written before, or the clock was moved, it is made as if nobody had yet.
    """
    from nucleo import reloj

    def poner(nombre: str, hacer: Callable[[], Any]) -> Any:
        if reloj.desfase() or _limpiador.sucias():
            return hacer()
        hecha_en, valor = _guardadas.get(nombre, (0.0, b""))
        if valor and time.monotonic() - hecha_en < VALE_S:
            _limpiador.reponer(nombre)
        else:
            valor = pickle.dumps(hacer())
            _limpiador.guardar(nombre)
            _guardadas[nombre] = (time.monotonic(), valor)
        return pickle.loads(valor)

    return poner
