"""Service levels: what was promised and what came of it, by operator, service, place and month."""

from envios.niveles import abiertos as abiertos  # it registers what is published
from envios.niveles.calcular import LOTE, calcular_lote

__all__ = ["LOTE", "calcular_lote"]
