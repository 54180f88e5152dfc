"""Payrolls: many payments of one unit, prepared by one person and signed by others too."""

from pagos.planillas.estados import EstadoPlanilla
from pagos.planillas.planillas import aprobar, preparar, presentar

__all__ = ["EstadoPlanilla", "aprobar", "preparar", "presentar"]
