"""Refunds: a unit gives back a part or all of a payment it received."""

from pagos.devoluciones.devoluciones import devolver, pago_recibido
from pagos.devoluciones.modelos import Devolucion

__all__ = ["Devolucion", "devolver", "pago_recibido"]
