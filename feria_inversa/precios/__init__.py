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
from feria_inversa.precios.dispersion import (
    ANCHO_MAXIMO,
    MINIMO_DE_PRECIOS,
    MINIMO_DE_PROCESOS,
    Dispersion,
)
from feria_inversa.precios.leer_medida import leer_medida
from feria_inversa.precios.montos import exacto, sumar
from feria_inversa.precios.unidades_de_medida import UNIDADES, nombre_de

__all__ = [
    "ANCHO_MAXIMO",
    "CANTIDAD",
    "MINIMO_DE_PRECIOS",
    "MINIMO_DE_PROCESOS",
    "UNIDADES",
    "UNIDAD_ESCRITA",
    "Cantidad",
    "Dispersion",
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
