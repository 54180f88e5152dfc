"""Payrolls: many payments of one unit, prepared by one person and approved by another."""

from pagos.planillas.consultas import planillas_por_aprobar
from pagos.planillas.estados import EstadoPlanilla
from pagos.planillas.planillas import aprobar, preparar, presentar

__all__ = ["EstadoPlanilla", "aprobar", "planillas_por_aprobar", "preparar", "presentar"]
