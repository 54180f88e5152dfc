"""What people do with their wallet: statements to take away, limits, requests for money, freezing."""

from pagos.billetera.solicitudes import pagar_solicitud, pedir_dinero
from pagos.libro.congelar import congelar_cuenta, descongelar_cuenta

__all__ = ["congelar_cuenta", "descongelar_cuenta", "pagar_solicitud", "pedir_dinero"]
