"""What people do with their wallet: statements to take away, limits, requests for money, freezing."""

from nucleo.fachada import sin_fila
from pagos.billetera import solicitudes
from pagos.billetera.accesos import exigir_ver
from pagos.billetera.alias import alias_de, elegir_alias
from pagos.billetera.enviar import buscar_destinatario

pedir_dinero = sin_fila(solicitudes.pedir_dinero)

__all__ = [
    "alias_de",
    "buscar_destinatario",
    "elegir_alias",
    "exigir_ver",
    "pedir_dinero",
]
