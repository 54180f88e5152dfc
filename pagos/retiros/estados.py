"""The life of withdrawals: every state and every allowed step, in one place."""

from enum import StrEnum

from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida
from pagos.retiros.errores import RetiroNoAdmite


class EstadoRetiro(StrEnum):
    PEDIDO = "pedido"  # its money is held; the owner may still cancel
    EN_LOTE = "en_lote"  # in a file handed to the bank
    PAGADO = "pagado"
    RECHAZADO = "rechazado"  # the money went back
    CANCELADO = "cancelado"
    DEVUELTO = "devuelto"  # paid, and then returned by the bank: the money went back


NOMBRES: dict[EstadoRetiro, str] = {
    EstadoRetiro.PEDIDO: _l("Por enviar al banco"),
    EstadoRetiro.EN_LOTE: _l("En el banco"),
    EstadoRetiro.PAGADO: _l("Pagado"),
    EstadoRetiro.RECHAZADO: _l("No se hizo"),
    EstadoRetiro.CANCELADO: _l("Cancelado"),
    EstadoRetiro.DEVUELTO: _l("Devuelto por el banco"),
}
"""How people read each state, on pages and in refusals alike."""

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
    nombre=lambda estado: str(NOMBRES[estado]),
    error=RetiroNoAdmite,
)
