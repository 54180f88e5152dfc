"""Payrolls: many payments of one unit, prepared by one person and signed by others too."""

from pagos.planillas.planillas import anular, aprobar, preparar, presentar, rechazar

__all__ = ["anular", "aprobar", "preparar", "presentar", "rechazar"]
