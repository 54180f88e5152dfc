"""What an operator owes, and the life of a debt."""

from enum import StrEnum

from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class ClaseDeDeuda(StrEnum):
    CONTRA_ENTREGA = "contra_entrega"
    INDEMNIZACION = "indemnizacion"

    @property
    def texto(self) -> str:
        return str(_CLASES[self])


_CLASES = {
    ClaseDeDeuda.CONTRA_ENTREGA: _l("Cobro contra entrega"),
    ClaseDeDeuda.INDEMNIZACION: _l("Indemnización"),
}


class EstadoDeuda(StrEnum):
    PENDIENTE = "pendiente"
    SALDADA = "saldada"
    CANCELADA = "cancelada"

    @property
    def texto(self) -> str:
        return str(_ESTADOS[self])


_ESTADOS = {
    EstadoDeuda.PENDIENTE: _l("Por pagar"),
    EstadoDeuda.SALDADA: _l("Pagada"),
    EstadoDeuda.CANCELADA: _l("Sin efecto: la entrega se corrigió"),
}

VIDA_DEUDA = Vida(
    "envios_deuda",
    EstadoDeuda,
    {EstadoDeuda.PENDIENTE: {EstadoDeuda.SALDADA, EstadoDeuda.CANCELADA}},
    nace={EstadoDeuda.PENDIENTE},
    fines={EstadoDeuda.SALDADA, EstadoDeuda.CANCELADA},
    nombre=lambda estado: estado.texto.lower(),
)


class ComoSePaga(StrEnum):
    LIBRO = "libro"
    EFECTIVO = "efectivo"
