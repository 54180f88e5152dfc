"""Units of measure, quantities in them and sums of prices."""

from feria_inversa.precios.cantidades import (
    CANTIDAD,
    Cantidad,
    UnidadMedida,
    cantidad,
    exigir_cantidad,
    opciones_de_unidad,
)
from feria_inversa.precios.leer_medida import leer_medida
from feria_inversa.precios.montos import exacto, sumar
from feria_inversa.precios.unidades_de_medida import UNIDADES, nombre_de

__all__ = [
    "CANTIDAD",
    "UNIDADES",
    "Cantidad",
    "UnidadMedida",
    "cantidad",
    "exacto",
    "exigir_cantidad",
    "leer_medida",
    "nombre_de",
    "opciones_de_unidad",
    "sumar",
]
