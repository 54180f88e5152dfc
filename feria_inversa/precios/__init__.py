"""Units of measure and sums of prices."""

from feria_inversa.precios.montos import exacto, sumar
from feria_inversa.precios.unidades_de_medida import UNIDADES, nombre_de

__all__ = ["UNIDADES", "exacto", "nombre_de", "sumar"]
