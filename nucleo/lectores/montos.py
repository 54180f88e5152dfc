"""Amounts of money and prices of one unit, as people write them."""

import re
from decimal import Decimal
from typing import Annotated, Any

from moneyed import Money
from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from nucleo.dinero import BOB, bs, redondear
from nucleo.lectores.errores import Ilegible, Preciso
from nucleo.lectores.numeros import Marca, de_programa, en_cifras, leer_numero
from nucleo.textos import gettext as _

DECIMALES_DE_PRECIO = 4
_ANTES = re.compile(r"(?:bs\.?|bob)\s*", re.IGNORECASE)
_DESPUES = re.compile(r"\s*(?:bs\.?|bob|bolivianos)$", re.IGNORECASE)
_SIN_CENTAVOS = re.compile(r"(?<=[0-9])[.,][-\u2013]$")
_OTRA_MONEDA = re.compile(r"\$|€|us[d$]|sus|eur|d[oó]lar", re.IGNORECASE)


def leer_monto(texto: str, *, marca: Marca | None = None) -> Money:
    """An amount as people write it: `1.234,50`, `1234.5`, `Bs 12`, `10,50 Bs`, `100.-`.

    A lone dot followed by three digits (`1.234`) is a thousand, as Bolivians write it; never after a zero.
    Raises `Ilegible`, `Preciso`, `Ambiguo` (`1,234`).
    """
    return _leer(texto, 2, _("Escriba el monto con números, por ejemplo 1.234,50."), marca)


def leer_precio(texto: str, *, marca: Marca | None = None) -> Money:
    """The price of one unit, with up to four decimals: `3,7412`. `1.234` is `Ambiguo` here."""
    falta = _("Escriba el precio con números, por ejemplo 12,50 o 0,3741.")
    return _leer(texto, DECIMALES_DE_PRECIO, falta, marca)


def _leer(texto: str, decimales: int, falta: str, marca: Marca | None) -> Money:
    if _OTRA_MONEDA.search(texto):
        raise Preciso(_("Los montos son en bolivianos: escriba solo el número, por ejemplo 1.234,50."))
    limpio = texto.strip()
    antes = _ANTES.match(limpio)
    limpio = limpio[antes.end() :] if antes else _DESPUES.sub("", limpio)
    limpio = _SIN_CENTAVOS.sub("", limpio)
    return bs(leer_numero(limpio, decimales=decimales, falta=falta, marca=marca))


def total_de_linea(cantidad: Decimal, precio: Money) -> Money:
    """Quantity (above 0: its type bounds it) by price in bolivianos, rounded half up to the centavo, once.

    Raises `Preciso` when it comes to nothing: a line that costs money is never free.
    """
    assert cantidad > 0
    assert precio.currency == BOB
    total = redondear(cantidad * precio.amount)
    if precio.amount > 0 and total.amount == 0:
        raise Preciso(_("La cantidad por el precio no llega a un centavo."))
    return total


def _precio_de_programa(valor: Any) -> Money:
    if isinstance(valor, Money):
        return valor
    if not isinstance(valor, dict) or set(valor) - {"monto", "moneda"} or valor.get("moneda", "BOB") != "BOB":
        raise Ilegible(_('Envíe el precio como {"monto": "12.5", "moneda": "BOB"}.'))
    numero = de_programa(valor["monto"]) if isinstance(valor.get("monto"), str) else None
    if numero is None or numero < 0 or numero >= 10**13 or numero != round(numero, DECIMALES_DE_PRECIO):
        raise Ilegible(_("Envíe el precio en cifras, con hasta cuatro decimales."))
    return bs(numero)


def _precio_a_json(precio: Money) -> dict[str, str]:
    """At least two decimals, as money; the third and the fourth where there are."""
    cifras = en_cifras(precio.amount)
    decimales = len(cifras.partition(".")[2])
    return {"monto": cifras if decimales > 2 else f"{precio.amount:.2f}", "moneda": precio.currency.code}


PrecioUnitario = Annotated[
    Money,
    PlainValidator(_precio_de_programa),
    PlainSerializer(_precio_a_json, return_type=dict[str, str]),
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["monto"],
            "properties": {
                "monto": {
                    "type": "string",
                    "pattern": r"^(0|[1-9][0-9]{0,12})(\.[0-9]{1,4})?$",
                    "examples": ["3.7412"],
                },
                "moneda": {"type": "string", "enum": ["BOB"], "default": "BOB"},
            },
        }
    ),
]
"""A unit price in JSON: as money, with up to four decimals (column: `nucleo.dinero.Precio`)."""
