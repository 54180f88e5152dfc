"""Demonstration data of every room, sown once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session

from ciudadania import actor_de_persona, buscar_persona_por_ci, leer_todo
from demostracion import personas
from demostracion.capitulos import (
    billetera,
    cobros,
    comercio,
    feria_inversa,
    registro,
    retiros,
    saldos,
    tarjetas,
)
from demostracion.relato import Capitulo, Paso, contar
from nucleo.configuracion import ajustes

LECTURAS_H = (24 * 20, 24 * 10, 24 * 4, 18)  # hours ago, everybody read what had come


def _llegadas(hoy: datetime) -> Iterator[Paso]:
    yield Paso(hoy - timedelta(days=90), "personas", personas.sembrar)


def _lecturas(hoy: datetime) -> Iterator[Paso]:
    for horas in LECTURAS_H:
        yield Paso(hoy - timedelta(hours=horas), f"hace {horas} horas", _leer_buzones)


def _leer_buzones(sesion: Session) -> None:
    for demo in personas.PERSONAS.values():
        persona = buscar_persona_por_ci(sesion, demo.ci, demo.complemento)
        if persona is not None:
            leer_todo(sesion, actor_de_persona(persona))


# Each chapter with the name under which the audit trail remembers that it was sown (installed data hold it).
CAPITULOS: tuple[tuple[str, Capitulo], ...] = (
    ("ciudadania", _llegadas),
    ("empresa_digital.registro", registro.pasos),
    ("pagos", saldos.pasos),
    ("pagos.pasarela", tarjetas.pasos),
    ("pagos.cobros", cobros.pasos),
    ("pagos.personas", billetera.pasos),
    ("pagos.empresas", retiros.pasos),
    ("comercio", comercio.pasos),
    ("feria_inversa", feria_inversa.pasos),
    ("buzon", _lecturas),
)


def sembrar_todo() -> int:
    """Tell what is missing of the story; return how many steps. Refused outside demonstration mode.

    The rooms' event handlers must be registered: what the story causes is delivered at once.
    """
    if not ajustes().es_demostracion:
        raise RuntimeError("Los datos de demostración solo existen en modo demostracion.")
    return contar(CAPITULOS)
