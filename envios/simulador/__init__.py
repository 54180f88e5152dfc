"""Drives an item through a story, for the demonstration, integrators and tests."""

from envios.simulador.simulador import avanzar_demo, duracion_h

__all__ = ["avanzar_demo", "duracion_h"]
