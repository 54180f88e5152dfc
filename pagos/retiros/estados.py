"""The life of withdrawals: every state and every allowed step, in one place."""

from enum import StrEnum


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
