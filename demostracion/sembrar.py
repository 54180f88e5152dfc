"""Demonstration data of every room, sown once: each chapter in its own transaction, lowest room first."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session, col, select

from demostracion import personas
from demostracion.capitulos import (
    billetera,
    cobros,
    comercio,
    envios,
    feria_inversa,
    registro,
    retiros,
    saldos,
    tarjetas,
)
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.bd import transaccion
from nucleo.configuracion import ajustes
from nucleo.eventos import entregar_pendientes
from nucleo.modelos import Auditoria

ACCION = "demo.sembrar"

# Each chapter with the name under which the audit trail remembers that it was sown (installed data hold it).
CAPITULOS: tuple[tuple[str, Callable[[Session, dict[str, Any]], None]], ...] = (
    ("ciudadania", personas.sembrar),
    ("empresa_digital.registro", registro.sembrar),
    ("pagos", saldos.sembrar),
    ("pagos.pasarela", tarjetas.sembrar),
    ("pagos.cobros", cobros.sembrar),
    ("pagos.personas", billetera.sembrar),
    ("pagos.empresas", retiros.sembrar),
    ("envios", envios.sembrar),
    ("comercio", comercio.sembrar),
    ("feria_inversa", feria_inversa.sembrar),
)


def _sembrada(sesion: Session, habitacion: str) -> bool:
    consulta = select(Auditoria.numero).where(
        Auditoria.objeto_tipo == "habitacion",
        Auditoria.objeto_id == habitacion,
        col(Auditoria.accion) == ACCION,
    )
    return sesion.exec(consulta).first() is not None


def sembrar_todo(avisar: Callable[[str], None] = lambda _: None) -> int:
    """Sow what is missing; return how many rooms were sown. Refused outside demonstration mode.

    The rooms' event handlers must be registered: what the story causes is delivered at once.
    """
    if not ajustes().es_demostracion:
        raise RuntimeError("Los datos de demostración solo existen en modo demostracion.")
    contexto: dict[str, Any] = {}
    sembradas = 0
    for habitacion, sembrar in CAPITULOS:
        with transaccion() as sesion:
            if _sembrada(sesion, habitacion):
                continue
            sembrar(sesion, contexto)
            auditar(sesion, Actor.sistema("demostracion"), ACCION, "habitacion", habitacion)
        entregar_pendientes()
        avisar(habitacion)
        sembradas += 1
    return sembradas
