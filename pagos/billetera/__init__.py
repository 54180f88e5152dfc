"""What people do with their wallet: statements to take away, limits, requests for money, freezing."""

from pagos.billetera.accesos import exigir_ver
from pagos.billetera.alias import alias_de, elegir_alias
from pagos.billetera.enviar import buscar_destinatario
from pagos.billetera.solicitudes import pagar_solicitud, pedir_dinero
from pagos.libro import congelar_cuenta, descongelar_cuenta

__all__ = [
    "alias_de",
    "buscar_destinatario",
    "congelar_cuenta",
    "descongelar_cuenta",
    "elegir_alias",
    "exigir_ver",
    "pagar_solicitud",
    "pedir_dinero",
]
