"""Payrolls: many payments of one unit, prepared by one person and approved by another."""

from pagos.planillas.consultas import planillas_por_aprobar
from pagos.planillas.estados import EstadoPlanilla
from pagos.planillas.modelos import LineaDePlanilla, Planilla

__all__ = ["EstadoPlanilla", "LineaDePlanilla", "Planilla", "planillas_por_aprobar"]
