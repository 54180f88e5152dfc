"""People of an entity, to be named to its roles."""

from typing import Any
from uuid import UUID

import pytest

from empresa_digital.registro import Facultad
from nucleo.actor import Actor
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.designaciones.ayudas import Gente


@pytest.fixture
def gente(feria: Feria, crear_persona: Any, actor_de: Any) -> Gente:
    """`gente("Rosa", Facultad.EVALUAR)` -> somebody of the entity: their id, and they acting."""

    def crear(nombre: str, *facultades: Facultad) -> tuple[UUID, Actor]:
        persona = crear_persona(nombre)
        feria.mandato(feria.entidad.id, persona, *(facultades or (Facultad.COMPRAR, Facultad.EVALUAR)))
        return persona.id, actor_de(persona)

    return crear


@pytest.fixture
def mae(gente: Gente) -> Actor:
    return gente("Autoridad", Facultad.ADMINISTRAR)[1]
