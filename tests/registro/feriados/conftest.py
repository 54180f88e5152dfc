"""The days of these tests are fixed: what the fixtures make is made before them, whatever today is."""

from typing import Any

import pytest

from tests.nucleo.plazos.casos import instante


@pytest.fixture(autouse=True)
def principios_de_noviembre(reloj: Any) -> None:
    reloj.situar(instante("2026-11-02 10:00"))
