"""What can go wrong with stock."""

from nucleo.errores import Conflicto
from nucleo.textos import perezoso as _l


class SinExistencia(Conflicto):
    codigo = "sin_existencia"
    titulo = _l("No hay existencia suficiente")


class ProductoNoDisponible(Conflicto):
    codigo = "producto_no_disponible"
    titulo = _l("Un producto ya no está a la venta")
