"""Coordinates: degrees with their decimals, as maps and telephones give them."""

from decimal import Decimal

from nucleo.lectores.numeros import Marca, leer_numero
from nucleo.textos import gettext as _

MICROGRADO = Decimal("0.000001")


def leer_coordenada(texto: str) -> Decimal:
    """Degrees to the sixth decimal (a tenth of a metre): `-16,5`, `-68.150000`. Raises `Ilegible`."""
    falta = _("Escriba las coordenadas en grados, por ejemplo -16,5.")
    marca: Marca = "," if "," in texto else "."  # degrees have no thousands: `-16.500` is one number
    numero = leer_numero(texto, decimales=18, negativo=True, falta=falta, marca=marca)
    return numero.quantize(MICROGRADO)
