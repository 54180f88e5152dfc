"""The State's market, seen by everybody: processes of here and of the history, and what is planned."""

from feria_inversa.panorama.estados import Etapa
from feria_inversa.panorama.tareas import contar_mercado, llevar_historia, llevar_lo_de_aqui

__all__ = ["Etapa", "contar_mercado", "llevar_historia", "llevar_lo_de_aqui"]
