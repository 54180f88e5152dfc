"""When in the year the State buys something, where it can be said."""

from feria_inversa.temporada.consultas import cobertura, cuentas
from feria_inversa.temporada.perfil import Falta, Temporada, serie, temporada
from feria_inversa.temporada.vistas import Estacion, estacion, nombres_de_meses

__all__ = [
    "Estacion",
    "Falta",
    "Temporada",
    "cobertura",
    "cuentas",
    "estacion",
    "nombres_de_meses",
    "serie",
    "temporada",
]
