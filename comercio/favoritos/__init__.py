"""Products that a person keeps to look at later."""

from comercio.favoritos.guardar import es_favorito

__all__ = ["es_favorito"]
