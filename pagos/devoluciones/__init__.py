"""Refunds: a unit gives back a part or all of a payment it received."""

from moneyed import Money

from nucleo.fachada import con_valor, sin_fila
from pagos.devoluciones import devoluciones
from pagos.devoluciones.devoluciones import CODIGOS, devoluciones_de, devuelto_de, pago_recibido


def _saldo(pago: devoluciones.PagoRecibido) -> Money:
    return pago.saldo


devolver = sin_fila(devoluciones.devolver)
saldo_por_devolver = con_valor(pago_recibido, _saldo)

__all__ = ["CODIGOS", "devoluciones_de", "devolver", "devuelto_de", "pago_recibido", "saldo_por_devolver"]
