"""Withdrawals to banks: held, sent in files, reconciled with the bank's own."""

from pagos.retiros.estados import EstadoRetiro
from pagos.retiros.modelos import Retiro

__all__ = ["EstadoRetiro", "Retiro"]
