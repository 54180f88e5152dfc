"""A stateful stand-in for the card gateway, for tests and the demonstration: same library, same protocol."""

from pagos.tarjetas.simulada.adaptador import adaptador_simulado
from pagos.tarjetas.simulada.avisos import entregar_avisos
from pagos.tarjetas.simulada.disputas import decidir_disputa, disputar_pago
from pagos.tarjetas.simulada.sesiones import pagar_sesion
from pagos.tarjetas.simulada.tiempo import avanzar_tiempo

__all__ = [
    "adaptador_simulado",
    "avanzar_tiempo",
    "decidir_disputa",
    "disputar_pago",
    "entregar_avisos",
    "pagar_sesion",
]
