"""The opening of the envelopes."""

from feria_inversa.apertura.apertura import abrir_con, abrir_convocatoria, acta_de

__all__ = ["abrir_con", "abrir_convocatoria", "acta_de"]
