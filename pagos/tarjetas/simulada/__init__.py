"""A stateful stand-in for the card gateway, for tests and the demonstration: same library, same protocol."""

from pagos.tarjetas.simulada.adaptador import adaptador_simulado

__all__ = ["adaptador_simulado"]
