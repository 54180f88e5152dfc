"""Demonstration data of every room, sown once: each chapter in its own transaction, lowest room first."""

from collections.abc import Callable

from sqlmodel import Session

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
from nucleo.actor import Actor
from nucleo.auditoria import auditar, consta
from nucleo.bd import transaccion
from nucleo.configuracion import ajustes
from nucleo.eventos import entregar_pendientes

ACCION = "demo.sembrar"

# Each chapter with the name under which the audit trail remembers that it was sown (installed data hold it).
CAPITULOS: tuple[tuple[str, Callable[[Session], None]], ...] = (
    ("ciudadania", personas.sembrar),
    ("empresa_digital.registro", registro.sembrar),
    ("pagos", saldos.sembrar),
    ("pagos.pasarela", tarjetas.sembrar),
    ("pagos.cobros", cobros.sembrar),
    ("pagos.personas", billetera.sembrar),
    ("pagos.empresas", retiros.sembrar),
    ("comercio", comercio.sembrar),
    ("feria_inversa", feria_inversa.sembrar),
)


def sembrar_todo(avisar: Callable[[str], None] = lambda _: None) -> int:
    """Sow what is missing; return how many rooms were sown. Refused outside demonstration mode.

    The rooms' event handlers must be registered: what the story causes is delivered at once.
    """
    if not ajustes().es_demostracion:
        raise RuntimeError("Los datos de demostración solo existen en modo demostracion.")
    sembradas = 0
    for habitacion, sembrar in CAPITULOS:
        with transaccion() as sesion:
            if consta(sesion, ACCION, "habitacion", habitacion):
                continue
            sembrar(sesion)
            auditar(sesion, Actor.sistema("demostracion"), ACCION, "habitacion", habitacion)
        entregar_pendientes()
        avisar(habitacion)
        sembradas += 1
    return sembradas
