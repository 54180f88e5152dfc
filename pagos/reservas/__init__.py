"""Reserves: money held for somebody until it is confirmed, whole or in part, or comes back."""

from nucleo.fachada import sin_fila
from pagos.reservas import reservas

reservar = sin_fila(reservas.reservar)
confirmar_reserva = sin_fila(reservas.confirmar)
anular_reserva = sin_fila(reservas.anular)

__all__ = ["anular_reserva", "confirmar_reserva", "reservar"]
