"""What who bought says of what they bought, what who sold answers, and how it is moderated."""

from comercio.opiniones.consultas import Distribucion, OpinionLeida, distribucion_de, opiniones_de

__all__ = ["Distribucion", "OpinionLeida", "distribucion_de", "opiniones_de"]
