"""What the tests of this folder act with."""

from collections.abc import Callable
from typing import Any

import pytest

from nucleo.actor import Actor
from tests.comercio.comprometidos.ayudas import Ente, hacer_ente
from tests.comercio.entidades import Entidad, entidad

__all__ = ["entidad"]


@pytest.fixture
def autoridad(crear_persona: Callable[..., Any], crear_unidad: Callable[..., Any]) -> Any:
    rosa = crear_persona("Rosa")
    crear_unidad(
        "Autoridad",
        tipo="ENTIDAD_PUBLICA",
        representante=rosa,
        facultades=["REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )
    return rosa


@pytest.fixture
def ente(
    entidad: Entidad,
    crear_persona: Callable[..., Any],
    actor_de: Callable[..., Actor],
    con_saldo: Callable[..., int],
) -> Ente:
    return hacer_ente(entidad, crear_persona, actor_de, con_saldo)
