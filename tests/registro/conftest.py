"""The cast of the registry's tests: an authority with its officer, and shorthands to act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from ciudadania import Persona
from empresa_digital.registro import Unidad, inscripcion
from nucleo.actor import Actor
from nucleo.bd import transaccion

COMPLETOS = {
    "forma_legal": "BO-COOP",
    "municipio_ine": "050101",
    "actividad_ciiu": "1391",
    "direccion": "Frente al mercado central",
    "telefono": "70012345",
}


@dataclass(frozen=True)
class Autoridad:
    persona: Persona
    actor: Actor
    unidad: Unidad


@pytest.fixture
def autoridad(
    crear_persona: Callable[..., Any], crear_unidad: Callable[..., Any], actor_de: Callable[..., Actor]
) -> Autoridad:
    """The regulating authority and its officer."""
    persona = crear_persona("Rosa")
    unidad = crear_unidad(
        "Autoridad de Prueba",
        tipo="ENTIDAD_PUBLICA",
        representante=persona,
        facultades=["ADMINISTRAR", "REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )
    return Autoridad(persona, actor_de(persona), unidad)


@pytest.fixture
def borrador(bd: Any) -> Callable[..., Unidad]:
    """`borrador(actor, "Nombre", **campos)` -> a committed draft, complete unless told (`vacio=True`)."""

    def crear(
        actor: Actor, denominacion: str = "Cooperativa Illimani", *, vacio: bool = False, **campos: Any
    ) -> Unidad:
        datos = {} if vacio else COMPLETOS
        with transaccion() as sesion:
            return inscripcion.crear_borrador(
                sesion, actor, {"tipo": "COOPERATIVA", "denominacion": denominacion, **datos, **campos}
            )

    return crear
