"""Money: `moneyed.Money` in code, integer centavos in the database, a string in JSON. Never a float."""

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Annotated, Any

from moneyed import Currency, Money, get_currency
from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from sqlalchemy import BigInteger, ColumnElement, Numeric, func, type_coerce
from sqlalchemy.types import TypeDecorator

from nucleo.errores import DatosInvalidos
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

BOB: Currency = get_currency("BOB")
MAXIMO_CENTAVOS = 10**15
_CENTAVO = Decimal("0.01")
_SEPARADORES = str.maketrans(",.", ".,")
_PATRON = r"(0|[1-9][0-9]{0,12})(\.[0-9]{1,2})?"
_ESCRITO = re.compile(_PATRON, re.ASCII)
_CLAVES = {"monto", "moneda"}


class MontoInvalido(DatosInvalidos, ValueError):
    codigo = "monto_invalido"
    titulo = _l("El monto no es válido")


def bs(valor: str | int | Decimal) -> Money:
    """Bolivianos from an exact decimal: ``bs("12.50")``."""
    return Money(Decimal(valor), BOB)


def cero() -> Money:
    return bs(0)


def a_centavos(monto: Money) -> int:
    """Exact centavos of a BOB amount.

    Raises `MontoInvalido` on another currency, a fraction of a centavo or an excess.
    """
    if monto.currency != BOB:
        raise MontoInvalido(
            _("La moneda debe ser BOB y se recibió %(code)s.") % {"code": monto.currency.code}
        )
    centavos = monto.amount * 100
    if centavos != centavos.to_integral_value():
        raise MontoInvalido(_("El monto lleva como máximo dos decimales."))
    if abs(centavos) > MAXIMO_CENTAVOS:
        raise MontoInvalido(_("El monto es demasiado grande."))
    return int(centavos)


def de_centavos(centavos: int) -> Money:
    return Money(Decimal(centavos) / 100, BOB)


class Precio(TypeDecorator[Money]):
    """Column type of a unit price: `Money` in Python, NUMERIC(18,4) bolivianos in PostgreSQL."""

    impl = Numeric(18, 4)
    cache_ok = True

    def process_bind_param(self, value: Money | Decimal | None, _dialect: Any) -> Decimal | None:
        return value.amount if isinstance(value, Money) else value

    def process_result_value(self, value: Decimal | None, _dialect: Any) -> Money | None:
        return None if value is None else bs(value)


class Centavos(TypeDecorator[Money]):
    """Column type: `Money` in Python, BIGINT centavos of BOB in PostgreSQL."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Money | int | None, _dialect: Any) -> int | None:
        return a_centavos(value) if isinstance(value, Money) else value

    def process_result_value(self, value: int | None, _dialect: Any) -> Money | None:
        return None if value is None else de_centavos(value)


def sumar(columna: Any) -> ColumnElement[Money]:
    """The total of a money column, zero when there are no rows."""
    return type_coerce(func.coalesce(func.sum(columna), 0), Centavos)


def _leer_json(valor: Any) -> Money:
    """``{"monto": "12.50", "moneda": "BOB"}``, without a model for each amount of a batch."""
    if isinstance(valor, Money):
        return valor
    if type(valor) is not dict or not valor.keys() <= _CLAVES:
        raise ValueError(_('Envíe el monto como {"monto": "12.50", "moneda": "BOB"}.'))
    if valor.get("moneda", "BOB") != "BOB":
        raise ValueError(_('Los montos son en bolivianos: envíe "moneda": "BOB".'))
    monto = valor.get("monto")
    if type(monto) is not str or not _ESCRITO.fullmatch(monto):
        raise ValueError(
            _('Envíe el monto en cifras y entre comillas, con hasta dos decimales, por ejemplo "12.50".')
        )
    return bs(monto)


def _a_json(monto: Money) -> dict[str, str]:
    return {"monto": str(monto.amount.quantize(_CENTAVO)), "moneda": monto.currency.code}


def _esquema_json(signo: str) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["monto"],
        "properties": {
            "monto": {"type": "string", "pattern": rf"^{signo}{_PATRON}$", "examples": ["12.50"]},
            "moneda": {"type": "string", "enum": ["BOB"], "default": "BOB"},
        },
    }


Dinero = Annotated[
    Money,
    PlainValidator(_leer_json),
    PlainSerializer(_a_json, return_type=dict[str, str]),
    WithJsonSchema(_esquema_json("-?"), mode="serialization"),
    WithJsonSchema(_esquema_json(""), mode="validation"),
]


def a_la_boliviana(numero: str) -> str:
    """`1,234.50`, as Python formats, with the separators of Bolivia: `1.234,50`."""
    return numero.translate(_SEPARADORES)


def formato_cantidad(cantidad: Decimal | int) -> str:
    """`1.234,5`: a quantity with all its decimals and no zeros after the last one."""
    entero, _punto, decimal = f"{cantidad:,f}".partition(".")
    decimal = decimal.rstrip("0")
    return a_la_boliviana(f"{entero}.{decimal}" if decimal else entero)


def formato_bs(monto: Money | int) -> str:
    """`Bs 1.234,50`, with a non-breaking space; an int is centavos. A unit price shows up to four decimals.

    Babel says the same, some twenty times slower; a list has dozens of prices.
    """
    bolivianos = Decimal(monto).scaleb(-2) if isinstance(monto, int) else monto.amount
    decimales = 2 if bolivianos == round(bolivianos, 2) else 3 if bolivianos == round(bolivianos, 3) else 4
    signo = "−\u00a0" if bolivianos < 0 else ""
    return f"{signo}Bs\u00a0" + a_la_boliviana(f"{abs(bolivianos):,.{decimales}f}")


def redondear(bolivianos: Decimal) -> Money:
    """To the centavo, half up, as clerks and spreadsheets do: once, at the end of a sum."""
    with localcontext(prec=60):
        return bs(bolivianos.quantize(_CENTAVO, ROUND_HALF_UP))
