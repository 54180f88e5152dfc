"""The cast of the registry's tests: an authority with its officer, and shorthands to act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text

from ciudadania import Persona
from empresa_digital.registro import (
    Materia,
    NuevaCompetencia,
    Unidad,
    inscripcion,
    otorgar_competencia_con,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.reloj import fecha_bolivia

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


@pytest.fixture
def otra_autoridad(crear_unidad: Callable[..., Any]) -> Callable[..., Unidad]:
    """`otra_autoridad(persona, Materia.PAGOS, clase=…, lugar=…)` -> an authority with that alone."""

    def crear(persona: Persona, materia: Materia, **alcance: Any) -> Unidad:
        unidad: Unidad = crear_unidad(
            "Otra autoridad", tipo="ENTIDAD_PUBLICA", representante=persona, facultades=["REGULAR"]
        )
        with transaccion() as propia:
            propia.connection().execute(
                text(
                    "INSERT INTO registro_habilitacion (unidad_id, habilitacion, estado, norma,"
                    " vigente_desde, solicitada_en)"
                    " VALUES (:u, 'AUTORIDAD_REGULADORA', 'otorgada', 'x', '2020-01-01', now())"
                ),
                {"u": unidad.id},
            )
            desde = alcance.pop("desde", fecha_bolivia())
            nueva = NuevaCompetencia(materia, "LEY-1398", desde, **alcance)
            sistema = Autorizacion.propia(Actor.sistema("prueba"))
            otorgar_competencia_con(propia, unidad.id, sistema, nueva)
        return unidad

    return crear
