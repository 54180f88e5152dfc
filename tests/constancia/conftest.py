"""Another key to sign with, and leaves by the dozen."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from constancia import anotar
from nucleo.bd import transaccion


@pytest.fixture
def anotadas(bd: Engine) -> Callable[..., list[bytes]]:
    """`anotadas(3, "lote")` -> hashes of three committed leaves."""

    def crear(cuantas: int, nombre: str = "hoja") -> list[bytes]:
        with transaccion() as sesion:
            return [anotar(sesion, "prueba", f"{nombre}/{i}", f"contenido {i}") for i in range(cuantas)]

    return crear


@pytest.fixture
def usar_clave(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Any]]:
    """`usar_clave("11" * 32)`: the operator changed the private key."""
    from nucleo.configuracion import ajustes

    def usar(clave: str) -> None:
        monkeypatch.setenv("QHATU_CONSTANCIA_CLAVE", clave)
        ajustes.cache_clear()

    yield usar
    monkeypatch.undo()
    ajustes.cache_clear()
