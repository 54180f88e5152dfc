"""The basic document of a call (DBC): a PDF of what it froze, and of nothing else."""

from feria_inversa.documentos.dbc.datos import Adjunto, DatosDelDbc, LoteDelDbc, Renglon
from feria_inversa.documentos.dbc.dibujar import hacer_dbc

__all__ = ["Adjunto", "DatosDelDbc", "LoteDelDbc", "Renglon", "hacer_dbc"]
