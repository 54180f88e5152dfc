"""Firms and entities: batch payments."""

from pagos.empresas.estados import EstadoPlanilla
from pagos.empresas.modelos import LineaDePlanilla, Planilla

__all__ = ["EstadoPlanilla", "LineaDePlanilla", "Planilla"]
