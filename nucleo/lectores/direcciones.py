"""Addresses: where a place is, in the words of who lives there. Few streets here have a name and a number."""

from nucleo.lectores.errores import Ilegible, Preciso
from nucleo.lectores.textos import leer_linea
from nucleo.textos import gettext as _

LARGO_MAXIMO = 300


def leer_direccion(texto: str, *, maximo: int = LARGO_MAXIMO) -> str:
    """Street, zone or reference in one line, with some letter in it. Raises `Ilegible`, `Preciso`."""
    limpio = leer_linea(texto)
    if not any(c.isalpha() for c in limpio) or len(limpio) < 3:
        raise Ilegible(
            _("Escriba calle o zona y una referencia, por ejemplo: calle Sucre 120, puerta verde.")
        )
    if len(limpio) > maximo:
        raise Preciso(_("Use como máximo %(maximo)s letras.") % {"maximo": maximo})
    return limpio
