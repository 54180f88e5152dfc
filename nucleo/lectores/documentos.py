"""Identity cards of Bolivia and tax numbers."""

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field

from nucleo.lectores.errores import Ilegible
from nucleo.textos import gettext as _

LUGARES = ("CH", "LP", "CB", "OR", "PT", "TJ", "SC", "BE", "PD")
"""Places of issue, as cards had them printed after the number: the departments."""
_ABREVIATURAS = {"CBBA": "CB", "CBA": "CB", "SCZ": "SC", "LPZ": "LP", "BN": "BE", "PA": "PD", "PO": "PT"}
_ROTULO = re.compile(r"^(?:CI|CARNET|CEDULA|CÉDULA)[:Nº°]*(?=[0-9])")
_LUGAR = re.compile(rf"(.*[0-9A-Z])[-,/(]?({'|'.join((*LUGARES, *_ABREVIATURAS))})\)?")
_NUMERO = re.compile(r"([0-9]+?)(?:-?((?<=-)[0-9A-Z]{2}|[0-9][A-Z]|[A-Z][0-9A-Z]))?")
_GUIONES = re.compile("[\u2010-\u2015\u2212]")
_NIT = re.compile(r"[0-9]{4,13}")


@dataclass(frozen=True, slots=True)
class Carnet:
    """The number, the complement that tells apart two cards of one number, and where it was issued."""

    numero: str
    complemento: str | None = None
    lugar: str | None = None

    def __str__(self) -> str:
        return f"{self.numero}-{self.complemento}" if self.complemento else self.numero


def leer_carnet(texto: str) -> Carnet:
    """`1234567`, `1.234.567`, `1234567-1A`, `12345671A`, `1234567-1A LP`, `1234567 SC`.

    Digits alone are never split: only a hyphen or a letter shows a complement. The letters of a department at
    the end are where it was issued, not a complement. Raises `Ilegible`.
    """
    limpio = _GUIONES.sub("-", re.sub(r"[\s.]", "", texto.upper()))
    limpio = _ROTULO.sub("", limpio)
    lugar = _LUGAR.fullmatch(limpio)
    hallado = _NUMERO.fullmatch(lugar[1] if lugar else limpio) if limpio.isascii() else None
    numero = hallado[1].lstrip("0") if hallado else ""
    if hallado is None or not 4 <= len(numero) <= 12:
        raise Ilegible(_("Escriba el carnet como 1234567, o 1234567-1A si tiene complemento."))
    return Carnet(numero, hallado[2], _ABREVIATURAS.get(lugar[2], lugar[2]) if lugar else None)


def leer_nit(texto: str) -> str:
    """A tax number in its one spelling: 4 to 13 digits (the codes of invoices keep 13). Raises `Ilegible`.

    It has no public check digit: what passes has the form of one.
    """
    limpio = re.sub(r"^NIT[:Nº°]*", "", _GUIONES.sub("-", re.sub(r"[\s.]", "", texto.upper())))
    limpio = limpio.replace("-", "") if limpio[-1:].isdigit() else limpio
    if not (limpio.isascii() and _NIT.fullmatch(limpio)):
        raise Ilegible(_("Escriba el NIT solo con números, de 4 a 13."))
    return limpio


Nit = Annotated[str, Field(max_length=30), AfterValidator(leer_nit)]
Cedula = Annotated[str, Field(max_length=30), AfterValidator(lambda texto: str(leer_carnet(texto)))]
"""The number of a card in its one spelling, `1000001` or `1000001-1A`."""
