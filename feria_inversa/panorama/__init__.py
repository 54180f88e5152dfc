"""The State's market, seen by everybody: processes of here and of the history, and what is planned."""

from feria_inversa.panorama.estados import Etapa
from feria_inversa.panorama.tareas import contar_mercado, llevar_historia, llevar_lo_de_aqui
from feria_inversa.panorama.vivos import NORMAS, llevar_proceso

__all__ = [
    "NORMAS",
    "Etapa",
    "contar_mercado",
    "llevar_historia",
    "llevar_lo_de_aqui",
    "llevar_proceso",
]
