"""Demonstration data of every room, sown once: each room in its own transaction, lowest first."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session, col, select

from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.bd import transaccion
from nucleo.configuracion import ajustes
from nucleo.eventos import entregar_pendientes
from nucleo.modelos import Auditoria
from plataforma.habitaciones import modulos

ACCION = "demo.sembrar"


def _sembrada(sesion: Session, habitacion: str) -> bool:
    consulta = select(Auditoria.numero).where(
        Auditoria.objeto_tipo == "habitacion",
        Auditoria.objeto_id == habitacion,
        col(Auditoria.accion) == ACCION,
    )
    return sesion.exec(consulta).first() is not None


def sembrar_todo(avisar: Callable[[str], None] = lambda _: None) -> int:
    """Sow what is missing; return how many rooms were sown. Refused outside demonstration mode."""
    if not ajustes().es_demostracion:
        raise RuntimeError("Los datos de demostración solo existen en modo demostracion.")
    modulos("manejadores")
    contexto: dict[str, Any] = {}
    sembradas = 0
    for modulo in modulos("demo"):
        habitacion = modulo.__name__.removesuffix(".demo")
        with transaccion() as sesion:
            if _sembrada(sesion, habitacion):
                continue
            modulo.sembrar(sesion, contexto)
            auditar(sesion, Actor.sistema("demostracion"), ACCION, "habitacion", habitacion)
        entregar_pendientes()
        avisar(habitacion)
        sembradas += 1
    return sembradas
