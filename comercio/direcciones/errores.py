"""What can go wrong, each with a stable code."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class DireccionNoEncontrada(NoEncontrado):
    codigo = "direccion_no_encontrada"
    titulo = _l("No encontramos esa dirección")


class LibretaLlena(Conflicto):
    codigo = "libreta_llena"
    titulo = _l("Ya no caben más direcciones")
