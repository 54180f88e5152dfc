"""The life of a pending transfer. The ledger's own functions take its steps, nobody else."""

from enum import StrEnum

from nucleo.vidas import Vida


class EstadoPendiente(StrEnum):
    ABIERTA = "abierta"
    CONFIRMADA = "confirmada"
    ANULADA = "anulada"
    VENCIDA = "vencida"


VIDA_PENDIENTE = Vida(
    "pagos_pendiente",
    EstadoPendiente,
    {EstadoPendiente.ABIERTA: set(EstadoPendiente) - {EstadoPendiente.ABIERTA}},
    nace={EstadoPendiente.ABIERTA},
    fines=set(EstadoPendiente) - {EstadoPendiente.ABIERTA},
)
