"""Firms and entities: batch payments by two people, refunds, withdrawals to banks, charges of the day."""

from pagos.empresas.consultas import planillas_por_aprobar
from pagos.empresas.devoluciones import devolver, pago_recibido
from pagos.empresas.estados import EstadoPlanilla, EstadoRetiro
from pagos.empresas.modelos import Devolucion, LineaDePlanilla, Planilla, Retiro

__all__ = [
    "Devolucion",
    "EstadoPlanilla",
    "EstadoRetiro",
    "LineaDePlanilla",
    "Planilla",
    "Retiro",
    "devolver",
    "pago_recibido",
    "planillas_por_aprobar",
]
