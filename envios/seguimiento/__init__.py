"""Following items: the public track, my shipments, the operator's desk, notices, what systems follow."""

from envios.seguimiento import rastreadores
from nucleo.fachada import sin_fila

rastrear = sin_fila(rastreadores.rastrear)

__all__ = ["rastrear"]
