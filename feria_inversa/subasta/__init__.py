"""The electronic reverse auction: opened prices go down in one continuous round until time ends it."""

from feria_inversa.subasta.consultas import subasta_de
from feria_inversa.subasta.empezar import empezar

__all__ = ["empezar", "subasta_de"]
