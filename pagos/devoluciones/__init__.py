"""Refunds: a unit gives back a part or all of a payment it received."""

from pagos.devoluciones.devoluciones import CODIGOS, devoluciones_de, devolver, devuelto_de, pago_recibido
from pagos.devoluciones.modelos import Devolucion
from pagos.devoluciones.verificar import verificar_devoluciones

__all__ = [
    "CODIGOS",
    "Devolucion",
    "devoluciones_de",
    "devolver",
    "devuelto_de",
    "pago_recibido",
    "verificar_devoluciones",
]
