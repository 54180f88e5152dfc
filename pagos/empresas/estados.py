"""The lives of batches and withdrawals: every state and every allowed step, in one place.

The same tables are enforced by triggers (migrations/versions/0011_empresas.py, 0012_comisiones.py).
"""

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


class EstadoRetiro(StrEnum):
    PEDIDO = "pedido"  # its money is held; the owner may still cancel
    EN_LOTE = "en_lote"  # in a file handed to the bank
    PAGADO = "pagado"
    RECHAZADO = "rechazado"  # the money went back
    CANCELADO = "cancelado"
    DEVUELTO = "devuelto"  # paid, and then returned by the bank: the money went back


TRANSICIONES_RETIRO: dict[EstadoRetiro, frozenset[EstadoRetiro]] = {
    EstadoRetiro.PEDIDO: frozenset({EstadoRetiro.EN_LOTE, EstadoRetiro.RECHAZADO, EstadoRetiro.CANCELADO}),
    EstadoRetiro.EN_LOTE: frozenset({EstadoRetiro.PAGADO, EstadoRetiro.RECHAZADO}),
    EstadoRetiro.PAGADO: frozenset({EstadoRetiro.DEVUELTO}),
    EstadoRetiro.RECHAZADO: frozenset(),
    EstadoRetiro.CANCELADO: frozenset(),
    EstadoRetiro.DEVUELTO: frozenset(),
}


def retiro_puede_pasar(de: str, a: EstadoRetiro) -> bool:
    """Whether a withdrawal may go from `de` to `a`."""
    return a in TRANSICIONES_RETIRO[EstadoRetiro(de)]
