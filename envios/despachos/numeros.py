"""The numbers of bags, manifests and route sheets: two letters, seven digits and a Damm check digit.

A UPU receptacle number has 29 characters and is for exchanges between countries: here people write these on a
tag and read them over the telephone (`docs/decisiones`). Damm finds any one wrong digit and any two swapped.
"""

import re
from enum import StrEnum

from stdnum import damm

from envios import s10
from envios.despachos.errores import NumeroIlegible
from nucleo.textos import gettext as _

_FORMA = re.compile(r"(SA|DE|HR)([0-9]{7,17})([0-9])")


class Cosa(StrEnum):
    """What a number names, by its letters."""

    SACA = "SA"
    DESPACHO = "DE"
    HOJA = "HR"


def numero_de(cosa: Cosa, serie: int) -> str:
    """`numero_de(Cosa.SACA, 1)` -> ``"SA00000013"``."""
    assert serie >= 1
    cifras = f"{serie:07d}"
    return f"{cosa}{cifras}{damm.calc_check_digit(cifras)}"


def leer_numero(texto: str) -> tuple[Cosa, int] | None:
    """What it names and its serial; None when it has not the form of these numbers (an item's, perhaps).

    Raises `NumeroIlegible` when it has and its check digit is not right.
    """
    partes = _FORMA.fullmatch(s10.normalizar(texto))
    if partes is None:
        return None
    letras, cifras, control = partes.groups()
    if not damm.is_valid(cifras + control) or int(cifras) < 1:
        detalle = _("Algún dígito de %(numero)s no está bien: léalo otra vez.") % {"numero": partes[0]}
        raise NumeroIlegible(detalle, campos={"codigo": detalle})
    return Cosa(letras), int(cifras)
