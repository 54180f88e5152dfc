"""What banks tell: files received, entries kept by the bank's own reference, and what a person decides."""

from nucleo.fachada import sin_fila
from pagos.banco.recibir import recibir as _recibir

recibir = sin_fila(_recibir)

__all__ = ["recibir"]
