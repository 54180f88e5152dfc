"""How people write numbers: one grammar for amounts, prices, quantities, counts and percentages.

Bolivia writes `1.234,50`; calculators, phones and many spreadsheets write `1,234.50`. Both are read wherever
only one number can be meant. A group of thousands never follows a zero (`0.500` is half), groups are of
three, and where a text can be two numbers it is refused naming both.
"""

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from nucleo.lectores.errores import Ambiguo, Ilegible, Preciso
from nucleo.textos import gettext as _

Marca = Literal[",", "."]
"""The decimal mark of a whole file, when its lines show which one it uses."""
ENTEROS_MAXIMOS = 13
_ESPACIOS = re.compile(r"[ \u00a0\u2007\u2009\u202f]+")
_MENOS = re.compile(r"[-\u2212\u2013] ?(?=[0-9])")
_ENTERO = re.compile(r"[0-9]+")
_DECIMAL = re.compile(r"([0-9]+)([.,])([0-9]+)")
_MILES = re.compile(r"([1-9][0-9]{0,2})(?:([., ])[0-9]{3})(?:\2[0-9]{3})*(?:([.,])([0-9]+))?")
_PLANO_ENTERO = re.compile(r"-?(?:0|[1-9][0-9]*)")
_PLANO = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


def leer_numero(
    texto: str, *, decimales: int, negativo: bool = False, falta: str = "", marca: Marca | None = None
) -> Decimal:
    """The number written in `texto`, with at most that many decimals.

    `marca`: the decimal mark, where it is known: then the other one groups, and nothing is ambiguous.
    Raises `Ilegible` with the words of `falta`, `Preciso` (a minus, too many decimals), `Ambiguo`.
    """
    limpio = _ESPACIOS.sub(" ", texto).strip()
    signo = _MENOS.match(limpio)
    sin_signo = limpio[signo.end() :] if signo else limpio
    lecturas = _lecturas(sin_signo, decimales, marca)
    if not lecturas:
        raise Ilegible(falta or _("Escriba un número, por ejemplo 40 o 12,5."))
    if len(lecturas) > 1:
        raise Ambiguo(_dos_lecturas(limpio, decimales))
    (leido,) = lecturas
    if len(leido.partition(".")[0].lstrip("0")) > ENTEROS_MAXIMOS:
        raise Preciso(_("El número es demasiado grande."))
    if len(leido.partition(".")[2]) > decimales:
        raise Preciso(_demasiados(decimales))
    if signo and not negativo:
        raise Preciso(_("No puede ser negativo."))
    return Decimal(leido) if not signo else -Decimal(leido)


def _lecturas(texto: str, decimales: int, marca: Marca | None) -> set[str]:
    """The plain writings (`1234.5`) of every number that the text can be."""
    if _ENTERO.fullmatch(texto):
        return {texto}
    halladas: set[str] = set()
    fraccion = _DECIMAL.fullmatch(texto)
    if fraccion and marca in (None, fraccion[2]):
        halladas.add(f"{fraccion[1]}.{fraccion[3]}")
    grupos = _MILES.fullmatch(texto)
    if grupos is None:
        return halladas
    separa, decimal = grupos[2], grupos[3]
    if separa in (decimal, marca) or (decimal and marca not in (None, decimal)):
        return halladas
    entero = (texto[: grupos.start(3)] if decimal else texto).replace(separa, "")
    if not decimal and separa == "." and decimales < 3:
        return {entero}  # a thousand, as people write it, where three decimals cannot be
    halladas.add(f"{entero}.{grupos[4]}" if decimal else entero)
    return halladas


def _dos_lecturas(texto: str, decimales: int) -> str:
    entero, decimal = re.split("[.,]", texto)
    partes = {"texto": texto, "miles": entero + decimal, "entero": entero, "decimal": decimal}
    if decimales == 0:
        return (
            _("«%(texto)s» puede ser %(miles)s, o %(entero)s con decimales. Escriba %(miles)s o %(entero)s.")
            % partes
        )
    partes["fino"] = f"{decimal}0" if decimales > 3 else decimal[:decimales]
    return (
        _(
            "«%(texto)s» puede ser %(miles)s, o %(entero)s y %(decimal)s milésimos. "
            "Escriba %(miles)s o %(entero)s,%(fino)s."
        )
        % partes
    )


def _demasiados(decimales: int) -> str:
    if decimales == 0:
        return _("Escriba un número entero, sin decimales.")
    if decimales == 2:
        return _("Lleva como máximo dos decimales.")
    return _("Lleva como máximo %(n)s decimales.") % {"n": decimales}


def en_cifras(numero: Decimal) -> str:
    """A number as it leaves: plain digits with a dot, no exponent, no zeros after the last decimal."""
    plano = f"{numero:f}"
    if "." in plano:
        plano = plano.rstrip("0").rstrip(".")
    return "0" if plano == "-0" else plano


def para_escribir(numero: Decimal) -> str:
    """A number as a field shows it to be edited: reading it again gives the same number."""
    entero, _punto, decimal = en_cifras(numero).partition(".")
    if len(decimal) == 3 and entero.lstrip("-0"):
        decimal += "0"  # `1,234` would be two numbers
    return f"{entero},{decimal}" if decimal else entero


def de_programa(valor: Any) -> Any:
    """A number as programs send it (JSON, query strings): plain digits with a dot. Raises `Ilegible`."""
    if isinstance(valor, bool):
        raise Ilegible(_("Envíe un número."))
    if isinstance(valor, float):
        valor = repr(valor)
    if isinstance(valor, str):
        if not _PLANO.fullmatch(valor):
            raise Ilegible(_("Envíe el número en cifras, por ejemplo 12.5."))
        return Decimal(valor)
    return valor


def entero_de_programa(valor: Any) -> Any:
    """A count as programs send it: plain digits; `true` is no 1. Raises `Ilegible`."""
    if isinstance(valor, bool) or (isinstance(valor, str) and not _PLANO_ENTERO.fullmatch(valor)):
        raise Ilegible(_("Escriba un número entero."))
    return valor


Entero = Annotated[int, BeforeValidator(entero_de_programa)]
"""A count that comes in by the API or an address: `+5` and `1_000` are none."""
NumeroDeRuta = Annotated[Entero, Field(ge=1, le=32767)]
"""The number, from one, of a row among those of its owner (`smallint`), in an address."""
DecimalPlano = Annotated[
    Decimal,
    BeforeValidator(de_programa),
    PlainSerializer(en_cifras, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$"}, mode="serialization"),
]
"""A number that crosses the API: read in one writing, and it leaves in plain digits."""
