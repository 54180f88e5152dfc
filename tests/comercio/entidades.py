"""A public entity of the State, who represents it, and the person who buys for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from empresa_digital.registro import Facultad, NuevoMandato, exigir_facultad
from empresa_digital.registro.mandatos.otorgar import otorgar_con
from empresa_digital.registro.unidades.bloqueos import bloquear_unidad
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion


@dataclass
class Entidad:
    """A municipality, Berta who buys for it, and her mandate; Alberto represents it, and certifies."""

    unidad: Any
    persona: Any
    actor: Actor
    mandato_id: Any
    certifica: Autorizacion


def dar_mandato(unidad: Any, persona: Any, *facultades: Facultad, **mas: Any) -> Any:
    nuevo = NuevoMandato(facultades, persona_id=persona.id, **mas)
    with transaccion() as sesion:
        autorizacion = Autorizacion.propia(Actor.sistema("prueba"))
        return otorgar_con(sesion, bloquear_unidad(sesion, unidad.id), autorizacion, nuevo).id


@pytest.fixture
def entidad(
    crear_persona: Callable[..., Any], crear_unidad: Callable[..., Any], actor_de: Callable[..., Actor]
) -> Entidad:
    persona, alberto = crear_persona("Berta"), crear_persona("Alberto")
    unidad = crear_unidad(
        "Municipio de Prueba",
        tipo="ENTIDAD_PUBLICA",
        representante=alberto,
        habilitaciones=["ENTIDAD_CONTRATANTE"],
        identificadores={"BO-CINS": "1201", "BO-NIT": "1000002"},
    )
    suyo = dar_mandato(unidad, persona, Facultad.COMPRAR)
    with transaccion() as sesion:
        certifica = exigir_facultad(sesion, actor_de(alberto), unidad.id, Facultad.PAGAR)
    return Entidad(unidad, persona, actor_de(persona), suyo, certifica)
