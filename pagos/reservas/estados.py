"""The life of a reserve; the ledger's pending transfer of the same id has the same one."""

from enum import StrEnum

from nucleo.vidas import Vida
from pagos.reservas.errores import ReservaResuelta


class EstadoReserva(StrEnum):
    ABIERTA = "abierta"
    CONFIRMADA = "confirmada"  # whole or in part; the rest came back
    ANULADA = "anulada"
    VENCIDA = "vencida"


class Resuelve(StrEnum):
    """Who ends it. Whoever is to be paid may give it up in either case."""

    QUIEN_PAGA = "quien_paga"  # sets money aside, and pays or takes it back as things go
    QUIEN_RECIBE = "quien_recibe"  # a guarantee: who pays cannot take it back before its time


VIDA_RESERVA = Vida(
    "pagos_reserva",
    EstadoReserva,
    {EstadoReserva.ABIERTA: set(EstadoReserva) - {EstadoReserva.ABIERTA}},
    nace={EstadoReserva.ABIERTA},
    fines=set(EstadoReserva) - {EstadoReserva.ABIERTA},
    error=ReservaResuelta,
)
