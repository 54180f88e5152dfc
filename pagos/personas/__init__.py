"""What people do with their wallet: statements to take away, limits, requests for money, freezing."""

from pagos.personas.congelar import congelar_cuenta, descongelar_cuenta
from pagos.personas.solicitudes import pagar_solicitud, pedir_dinero

__all__ = ["congelar_cuenta", "descongelar_cuenta", "pagar_solicitud", "pedir_dinero"]
