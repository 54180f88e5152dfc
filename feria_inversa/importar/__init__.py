"""The history of the State's purchases, taken in from files of SICOES: plain facts, each with its line."""

from feria_inversa.importar.cargar import Progreso, Resumen, importar
from feria_inversa.importar.consultas import VIGENTES
from feria_inversa.importar.estados import EstadoArchivo
from feria_inversa.importar.informe import informe_en_csv
from feria_inversa.importar.origen import Origen

__all__ = ["VIGENTES", "EstadoArchivo", "Origen", "Progreso", "Resumen", "importar", "informe_en_csv"]
