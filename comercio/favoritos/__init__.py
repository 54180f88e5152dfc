"""Products that a person keeps to look at later."""

from comercio.favoritos.guardar import GUARDADO

__all__ = ["GUARDADO"]
