"""The life of a movement that a bank told of: most are settled as they come, some wait for a person."""

from enum import StrEnum

from nucleo.vidas import Vida
from pagos.banco.errores import MovimientoNoEspera


class EstadoMovimiento(StrEnum):
    CONCILIADO = "conciliado"  # a rule said what it is
    INFORMADO = "informado"  # not booked yet: the booked one comes as another entry
    PENDIENTE = "pendiente"  # no rule says; a person will, and is told that it waits
    ACLARADO = "aclarado"  # a later entry of the bank explained it
    RESUELTO = "resuelto"  # a person decided


VIDA_MOVIMIENTO = Vida(
    "pagos_banco_movimiento",
    EstadoMovimiento,
    {EstadoMovimiento.PENDIENTE: {EstadoMovimiento.ACLARADO, EstadoMovimiento.RESUELTO}},
    nace={EstadoMovimiento.CONCILIADO, EstadoMovimiento.INFORMADO, EstadoMovimiento.PENDIENTE},
    fines={
        EstadoMovimiento.CONCILIADO,
        EstadoMovimiento.INFORMADO,
        EstadoMovimiento.ACLARADO,
        EstadoMovimiento.RESUELTO,
    },
    error=MovimientoNoEspera,
)
