"""The life of withdrawals: every state and every allowed step, in one place."""

from enum import StrEnum

from nucleo.vidas import Vida
from pagos.retiros.errores import RetiroNoAdmite


class EstadoRetiro(StrEnum):
    PEDIDO = "pedido"  # its money is held; the owner may still cancel
    EN_LOTE = "en_lote"  # in a file handed to the bank
    PAGADO = "pagado"
    RECHAZADO = "rechazado"  # the money went back
    CANCELADO = "cancelado"
    DEVUELTO = "devuelto"  # paid, and then returned by the bank: the money went back


VIDA_RETIRO = Vida(
    "pagos_retiro",
    EstadoRetiro,
    {
        EstadoRetiro.PEDIDO: {EstadoRetiro.EN_LOTE, EstadoRetiro.RECHAZADO, EstadoRetiro.CANCELADO},
        EstadoRetiro.EN_LOTE: {EstadoRetiro.PAGADO, EstadoRetiro.RECHAZADO},
        EstadoRetiro.PAGADO: {EstadoRetiro.DEVUELTO},
    },
    nace={EstadoRetiro.PEDIDO},
    fines={EstadoRetiro.RECHAZADO, EstadoRetiro.CANCELADO, EstadoRetiro.DEVUELTO},
    error=RetiroNoAdmite,
)
