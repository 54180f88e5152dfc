"""What banks tell: files received, entries kept by the bank's own reference, and what a person decides."""

from pagos.banco.decidir import Accion, decidir
from pagos.banco.recibir import recibir

__all__ = ["Accion", "decidir", "recibir"]
