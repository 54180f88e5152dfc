"""Drives an item through a story, for the demonstration, integrators and tests."""

from envios.simulador.historias import HISTORIAS
from envios.simulador.simulador import avanzar_demo, duracion_h

__all__ = ["HISTORIAS", "avanzar_demo", "duracion_h"]
