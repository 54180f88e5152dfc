"""The State's market, seen by everybody: processes of here and of the history, and what is planned."""

from feria_inversa.panorama.buscar import ABIERTO, Filtro, Hallazgo, buscar, hallar
from feria_inversa.panorama.estados import Etapa
from feria_inversa.panorama.palabras import MESES, RUBROS
from feria_inversa.panorama.resumen import VENTANA, Resumen, resumir
from feria_inversa.panorama.tareas import contar_mercado, llevar_historia, llevar_lo_de_aqui
from feria_inversa.panorama.vistas import nombre_de_parte, pagina_de, por_mes
from feria_inversa.panorama.vivos import NORMAS, llevar_proceso

__all__ = [
    "ABIERTO",
    "MESES",
    "NORMAS",
    "RUBROS",
    "VENTANA",
    "Etapa",
    "Filtro",
    "Hallazgo",
    "Resumen",
    "buscar",
    "contar_mercado",
    "hallar",
    "llevar_historia",
    "llevar_lo_de_aqui",
    "llevar_proceso",
    "nombre_de_parte",
    "pagina_de",
    "por_mes",
    "resumir",
]
