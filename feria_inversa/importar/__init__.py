"""The history of the State's purchases, taken in from files of SICOES: plain facts, each with its line."""

from feria_inversa.importar.cargar import Progreso, Resumen, importar
from feria_inversa.importar.informe import informe_en_csv
from feria_inversa.importar.origen import Origen

__all__ = ["Origen", "Progreso", "Resumen", "importar", "informe_en_csv"]
