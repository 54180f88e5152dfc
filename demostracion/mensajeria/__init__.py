"""The system of the second postal operator: an outside service with its own words, clock and faults.

It knows of the platform what any operator's program does: an address and a token of its own.
"""

from demostracion.mensajeria.fallas import Falla
from demostracion.mensajeria.http import por_http
from demostracion.mensajeria.servicio import Mensajeria, Respuesta
from nucleo.ids import id_demo

OPERADOR_ID = id_demo("unidad:mensajeria")

__all__ = ["OPERADOR_ID", "Falla", "Mensajeria", "Respuesta", "por_http"]
