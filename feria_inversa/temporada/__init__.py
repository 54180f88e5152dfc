"""When in the year the State buys something, where it can be said."""

from feria_inversa.temporada.vistas import Estacion, estacion, nombres_de_meses

__all__ = ["Estacion", "estacion", "nombres_de_meses"]
