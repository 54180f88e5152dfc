"""Quantities (up to four decimals), counts and percentages."""

from decimal import Decimal

from nucleo.lectores.errores import Preciso
from nucleo.lectores.numeros import Marca, leer_numero
from nucleo.textos import gettext as _

DECIMALES_DE_CANTIDAD = 4


def leer_cantidad(
    texto: str, *, decimales: int = DECIMALES_DE_CANTIDAD, marca: Marca | None = None
) -> Decimal:
    """A quantity: `40`, `12,5`, `0.125`; `1.234` is `Ambiguo`: a thousand kilos, or one and some."""
    falta = _("Escriba una cantidad, por ejemplo 40 o 12,5.")
    return leer_numero(texto, decimales=decimales, falta=falta, marca=marca)


def leer_movimiento(texto: str) -> Decimal:
    """What is added to a quantity, or taken from it with a minus: `5`, `-2`, `-0,5`."""
    falta = _("Escriba cuánto se suma, o cuánto se resta con el signo menos.")
    return leer_numero(texto, decimales=DECIMALES_DE_CANTIDAD, negativo=True, falta=falta)


def leer_entero(texto: str, *, marca: Marca | None = None) -> int:
    """A count: `40`, `1.000`, `-3`."""
    falta = _("Escriba un número entero.")
    return int(leer_numero(texto, decimales=0, negativo=True, falta=falta, marca=marca))


def leer_porcentaje(texto: str) -> Decimal:
    """From 0 to 100 with up to two decimals: `5`, `12,5 %`."""
    limpio = texto.strip().removesuffix("%")
    numero = leer_numero(limpio, decimales=2, falta=_("Escriba un porcentaje, por ejemplo 5 o 12,5."))
    if numero > 100:
        raise Preciso(_("Un porcentaje va de 0 a 100."))
    return numero
