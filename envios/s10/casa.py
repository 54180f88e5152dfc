"""The house's own numbers, for items of operators that may not number S10: ``QH`` and nine digits.

The last digit is Damm's, which catches every wrong digit and every swap of neighbours. Eleven characters and
no country at the end: nobody takes one for an S10 number.
"""

import re
from dataclasses import dataclass

from stdnum import damm

from envios.s10.numeros import SERIE_MAXIMA, MotivoInvalido, NumeroInvalido, NumeroS10, validar
from nucleo.textos import gettext as _

PREFIJO = "QH"
_CASA = re.compile(r"QH[0-9]{9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class NumeroDeCasa:
    """A valid number of the house; `str()` gives it back."""

    serie: str
    digito: int

    def __str__(self) -> str:
        return f"{PREFIJO}{self.serie}{self.digito}"

    @property
    def servicio(self) -> str:
        return "numeración de la casa"

    @property
    def legible(self) -> str:
        """In groups, to read aloud: ``QH 000 001 005``."""
        digitos = f"{self.serie}{self.digito}"
        return f"{PREFIJO} {digitos[:3]} {digitos[3:6]} {digitos[6:]}"


Numero = NumeroS10 | NumeroDeCasa
"""What an item is called first: every item has one of these, and only one."""


def generar_de_casa(serie: int) -> str:
    """The full number for a serial, 0 to 99 999 999."""
    assert 0 <= serie <= SERIE_MAXIMA
    return f"{PREFIJO}{serie:08d}{damm.calc_check_digit(f'{serie:08d}')}"


def es_de_casa(normalizado: str) -> bool:
    """Whether it has the form of a number of the house, well copied or not."""
    return _CASA.fullmatch(normalizado) is not None


def leer_numero(normalizado: str) -> Numero:
    """An S10 number or one of the house, already normalised. Raises `NumeroInvalido`."""
    if not normalizado.startswith(PREFIJO):
        return validar(normalizado)
    if not _CASA.fullmatch(normalizado):
        raise NumeroInvalido(
            MotivoInvalido.LARGO, _("Un número que empieza con QH lleva después 9 dígitos, como QH000010054.")
        )
    if not damm.is_valid(normalizado[2:]):
        raise NumeroInvalido(
            MotivoInvalido.DIGITO_VERIFICADOR,
            _("El dígito verificador no coincide: algún dígito está mal copiado. Revise los 9 dígitos."),
        )
    return NumeroDeCasa(normalizado[2:10], int(normalizado[10]))
