"""Payrolls: many payments of one unit, prepared by one person and signed by others too."""

from pagos.planillas.estados import EstadoPlanilla
from pagos.planillas.planillas import anular, aprobar, preparar, presentar, rechazar

__all__ = ["EstadoPlanilla", "anular", "aprobar", "preparar", "presentar", "rechazar"]
