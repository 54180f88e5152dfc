"""Products that a person keeps to look at later."""

from comercio.favoritos.guardar import GUARDADO
from comercio.favoritos.guardar import guardar as guardar_favorito

__all__ = ["GUARDADO", "guardar_favorito"]
