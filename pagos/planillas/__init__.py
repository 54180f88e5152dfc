"""Payrolls: many payments of one unit, prepared by one person and approved by another."""

from pagos.planillas.consultas import planillas_por_aprobar
from pagos.planillas.estados import EstadoPlanilla
from pagos.planillas.planillas import anular, aprobar, preparar, presentar, rechazar

__all__ = [
    "EstadoPlanilla",
    "anular",
    "aprobar",
    "planillas_por_aprobar",
    "preparar",
    "presentar",
    "rechazar",
]
