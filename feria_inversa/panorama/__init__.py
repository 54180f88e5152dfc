"""The State's market, seen by everybody: processes of here and of the history, and what is planned."""

from feria_inversa.panorama.buscar import ABIERTO, Filtro, Hallazgo, buscar, hallar
from feria_inversa.panorama.estados import Etapa
from feria_inversa.panorama.palabras import mes_corto
from feria_inversa.panorama.resumen import VENTANA, Resumen, resumir
from feria_inversa.panorama.tareas import contar_mercado, llevar_historia, llevar_lo_de_aqui
from feria_inversa.panorama.vistas import (
    MERCADO,
    grafico_por_mes,
    nombre_de_parte,
    pagina_de,
    perfil_de_parte,
    por_mes,
)
from feria_inversa.panorama.vivos import NORMAS, llevar_proceso

__all__ = [
    "ABIERTO",
    "MERCADO",
    "NORMAS",
    "VENTANA",
    "Etapa",
    "Filtro",
    "Hallazgo",
    "Resumen",
    "buscar",
    "contar_mercado",
    "grafico_por_mes",
    "hallar",
    "llevar_historia",
    "llevar_lo_de_aqui",
    "llevar_proceso",
    "mes_corto",
    "nombre_de_parte",
    "pagina_de",
    "perfil_de_parte",
    "por_mes",
    "resumir",
]
