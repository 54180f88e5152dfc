"""The opening of the envelopes."""

from feria_inversa.apertura.acta import ActaDeApertura, acta_de
from feria_inversa.apertura.apertura import abrir_con, abrir_convocatoria

__all__ = ["ActaDeApertura", "abrir_con", "abrir_convocatoria", "acta_de"]
