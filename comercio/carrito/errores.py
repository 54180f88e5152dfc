"""What can go wrong, each with a stable code."""

from nucleo.errores import Conflicto
from nucleo.textos import perezoso as _l


class CarritoLleno(Conflicto):
    codigo = "carrito_lleno"
    titulo = _l("El carrito no admite más productos")
