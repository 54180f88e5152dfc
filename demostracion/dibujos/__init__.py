"""Pictures of the demonstration products."""

from demostracion.dibujos.productos import dibujar
from demostracion.dibujos.trazos import FIGURAS

__all__ = ["FIGURAS", "dibujar"]
