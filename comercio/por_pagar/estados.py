"""The life of the payment of a purchase that is not paid from what its buyer has here."""

from enum import StrEnum

from nucleo.textos import perezoso as _l
from nucleo.vidas import Vida


class Medio(StrEnum):
    """With what a purchase that waits is paid."""

    TARJETA = "tarjeta"  # at the gateway's page
    QR = "qr"  # from any wallet here that reads its code


class EstadoPorPagar(StrEnum):
    POR_PAGAR = "por_pagar"  # its goods are reserved until `vence_en`
    PAGADA = "pagada"  # bought, once; what comes back of its orders goes back to who paid
    SOLTADA = "soltada"  # not paid in its time: nothing is reserved; money that comes late may still buy
    CERRADA = "cerrada"  # no money can come any more: its account is closed

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])


_E = EstadoPorPagar
_TEXTOS = {
    _E.POR_PAGAR: _l("Esperando el pago"),
    _E.PAGADA: _l("Pagada"),
    _E.SOLTADA: _l("No se pagó"),
    _E.CERRADA: _l("Terminada"),
}
VIDA_POR_PAGAR = Vida(
    "comercio_compra_por_pagar",
    EstadoPorPagar,
    {
        _E.POR_PAGAR: {_E.PAGADA, _E.SOLTADA},
        _E.PAGADA: {_E.CERRADA},
        _E.SOLTADA: {_E.PAGADA, _E.CERRADA},
    },
    nace={_E.POR_PAGAR},
    fines={_E.CERRADA},
    nombre=lambda estado: estado.texto.lower(),
)
VIVAS = frozenset(EstadoPorPagar) - VIDA_POR_PAGAR.fines
