"""The life of payrolls: every state and every allowed step, in one place."""

from enum import StrEnum


class EstadoPlanilla(StrEnum):
    PREPARADA = "preparada"  # its lines are right; who prepared it is looking at them
    PRESENTADA = "presentada"  # waits for somebody else
    EJECUTADA = "ejecutada"  # approved and paid, each line with its own result
    RECHAZADA = "rechazada"
    ANULADA = "anulada"  # withdrawn by who prepared it


TRANSICIONES_PLANILLA: dict[EstadoPlanilla, frozenset[EstadoPlanilla]] = {
    EstadoPlanilla.PREPARADA: frozenset({EstadoPlanilla.PRESENTADA, EstadoPlanilla.ANULADA}),
    EstadoPlanilla.PRESENTADA: frozenset(
        {EstadoPlanilla.EJECUTADA, EstadoPlanilla.RECHAZADA, EstadoPlanilla.ANULADA}
    ),
    EstadoPlanilla.EJECUTADA: frozenset(),
    EstadoPlanilla.RECHAZADA: frozenset(),
    EstadoPlanilla.ANULADA: frozenset(),
}


def puede_pasar(de: str, a: EstadoPlanilla) -> bool:
    """Whether a batch may go from `de` to `a`."""
    return a in TRANSICIONES_PLANILLA[EstadoPlanilla(de)]
