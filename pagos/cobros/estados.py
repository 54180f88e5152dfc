"""The life of an orden de cobro, and how much of it went back."""

from datetime import datetime
from enum import StrEnum

from moneyed import Money

from nucleo.vidas import Vida


class EstadoOrden(StrEnum):
    PENDIENTE = "pendiente"
    PAGADA_PARCIAL = "pagada_parcial"
    PAGADA = "pagada"
    VENCIDA = "vencida"
    ANULADA = "anulada"

    @property
    def se_puede_pagar(self) -> bool:
        return self in ABIERTOS


ABIERTOS = frozenset({EstadoOrden.PENDIENTE, EstadoOrden.PAGADA_PARCIAL})

VIDA_ORDEN = Vida(
    "pagos_orden",
    EstadoOrden,
    {
        EstadoOrden.PENDIENTE: set(EstadoOrden) - {EstadoOrden.PENDIENTE},
        # Annulled only when all that it received went back.
        EstadoOrden.PAGADA_PARCIAL: {EstadoOrden.PAGADA, EstadoOrden.VENCIDA, EstadoOrden.ANULADA},
        # Only by a card payment that began in time and that the bank confirmed after the due instant.
        EstadoOrden.VENCIDA: {EstadoOrden.PAGADA},
    },
    nace={EstadoOrden.PENDIENTE},
    fines={EstadoOrden.PAGADA, EstadoOrden.ANULADA},
)


def estado_tras_pago(actual: EstadoOrden, monto: Money, pagado: Money) -> EstadoOrden:
    """The state of an order of `monto` once `pagado` has been received."""
    assert pagado.amount > 0
    assert pagado <= monto
    if pagado == monto:
        return EstadoOrden.PAGADA
    return actual if actual is EstadoOrden.VENCIDA else EstadoOrden.PAGADA_PARCIAL


def estado_visible(estado: EstadoOrden, vence_en: datetime, ahora: datetime) -> EstadoOrden:
    """What to show: an open order past its due instant is overdue, swept already or not."""
    return EstadoOrden.VENCIDA if estado in ABIERTOS and vence_en <= ahora else estado


class Devolucion(StrEnum):
    """How much of what was paid went back."""

    NINGUNA = "ninguna"
    PARCIAL = "parcial"
    TOTAL = "total"

    @classmethod
    def de(cls, pagado: Money, devuelto: Money) -> "Devolucion":
        if not devuelto.amount:
            return cls.NINGUNA
        return cls.TOTAL if devuelto >= pagado else cls.PARCIAL
