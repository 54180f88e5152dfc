"""The permanent number of an economic unit: `UE-0001234-0`.

Seven or more digits from a sequence that is never reset, and one check digit by Damm's algorithm, which
catches every single wrong digit and every swap of neighbours. Reading is tolerant (`ue 1234-0`), writing is
strict.
"""

import re

from stdnum import damm

from empresa_digital.registro.identificadores.errores import NumeroInvalido
from nucleo.textos import gettext as _

PREFIJO = "UE"
_CIFRAS_MIN = 7
_CIFRAS_MAX = 12
_RUIDO = re.compile(r"[\s.\-_/‐‑‒–—]+")


def numero_de_unidad(serie: int) -> str:
    """The number of the unit with this serial: ``1234 -> "UE-0001234-0"``."""
    if not 0 < serie < 10**_CIFRAS_MAX:
        raise ValueError(f"serial out of range: {serie}")
    cifras = f"{serie:0{_CIFRAS_MIN}d}"
    return f"{PREFIJO}-{cifras}-{damm.calc_check_digit(cifras)}"


def leer_numero(texto: str) -> str:
    """The canonical number from what somebody typed. Raises `NumeroInvalido` (format or check digit)."""
    limpio = _RUIDO.sub("", texto).upper().removeprefix(PREFIJO)
    if not (limpio.isascii() and limpio.isdigit() and 2 <= len(limpio) <= _CIFRAS_MAX + 1):
        raise NumeroInvalido(_("Escriba el número como figura en el registro, por ejemplo UE-0000001-3."))
    serie = int(limpio[:-1])
    if serie == 0 or not damm.is_valid(limpio):
        raise NumeroInvalido(_("El dígito verificador no corresponde: revise el número."))
    return numero_de_unidad(serie)


def es_numero(texto: str) -> bool:
    """Whether the text reads as a unit number."""
    try:
        leer_numero(texto)
    except NumeroInvalido:
        return False
    return True
