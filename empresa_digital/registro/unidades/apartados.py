"""The sections of a record that higher sub-rooms keep (mandates, qualities): here they are names only."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro.asientos import Operacion

Seccion = dict[str, dict[str, Any]]
"""The facts of a section by their key. Instants and dates are ISO strings, amounts centavos."""


@dataclass(frozen=True, slots=True)
class Apartado:
    """How entries change a section (`aplicar`, without a database), and how its table holds it."""

    nombre: str
    operaciones: frozenset[Operacion]
    aplicar: Callable[[Seccion, Operacion, dict[str, Any], str], None]
    leer: Callable[[Session, list[UUID]], Iterable[tuple[UUID, str, dict[str, Any]]]]
    guardar: Callable[[Session, UUID, Seccion], None]


_apartados: dict[str, Apartado] = {}


def agregar_apartado(apartado: Apartado) -> None:
    """Let a sub-room keep a section of every record; its package does so when it is imported."""
    _apartados[apartado.nombre] = apartado


def apartados() -> tuple[Apartado, ...]:
    return tuple(_apartados.values())


def apartado_de(operacion: Operacion) -> Apartado | None:
    """The section that an operation changes; None when it changes the unit itself."""
    return next((a for a in _apartados.values() if operacion in a.operaciones), None)
