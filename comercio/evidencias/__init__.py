"""Searches that a public entity froze: what the shop answered, kept as evidence of a choice."""

from comercio.evidencias.consultas import congelada_de
from comercio.evidencias.esquemas import BusquedaCongelada

__all__ = ["BusquedaCongelada", "congelada_de"]
