"""Units of measure and sums of prices."""

from feria_inversa.precios.leer_medida import leer_medida
from feria_inversa.precios.montos import exacto, sumar
from feria_inversa.precios.unidades_de_medida import UNIDADES, nombre_de

__all__ = ["UNIDADES", "exacto", "leer_medida", "nombre_de", "sumar"]
