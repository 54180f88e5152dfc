"""Units of measure, quantities in them and sums of prices."""

from feria_inversa.precios.cantidades import (
    CANTIDAD,
    UNIDAD_ESCRITA,
    Cantidad,
    UnidadEscrita,
    UnidadMedida,
    cabe,
    cantidad,
    exigir_medida,
    opciones_de_unidad,
)
from feria_inversa.precios.leer_medida import leer_medida
from feria_inversa.precios.montos import exacto, sumar
from feria_inversa.precios.unidades_de_medida import UNIDADES, nombre_de

__all__ = [
    "CANTIDAD",
    "UNIDADES",
    "UNIDAD_ESCRITA",
    "Cantidad",
    "UnidadEscrita",
    "UnidadMedida",
    "cabe",
    "cantidad",
    "exacto",
    "exigir_medida",
    "leer_medida",
    "nombre_de",
    "opciones_de_unidad",
    "sumar",
]
