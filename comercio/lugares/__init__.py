"""The places of dispatch of a seller: opened, closed, and what there is in each."""

from comercio.lugares.abrir import abrir_lugar, cerrar_lugar

__all__ = ["abrir_lugar", "cerrar_lugar"]
